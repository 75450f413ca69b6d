// Checks a downloaded ledger without trusting the server that it came from. One file for both: the portal's page loads it, and
//   node ledger-check.js LEDGER [EARLIER-DOWNLOAD] [--vi]
// does the same on a computer of one's own: exit code 0 if everything is right, 1 if not, 2 if it cannot be read.
'use strict';
(() => {
  const isPage = typeof document !== 'undefined';
  const webCrypto = globalThis.crypto?.subtle ? globalThis.crypto : isPage ? undefined : require('node:crypto').webcrypto;
  const format = 'citizen-ledger/1';
  const emptyHash = '0'.repeat(64);
  const utf8 = new TextEncoder();
  const instant = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,7}))?(?:Z|\+00:00)$/;
  const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
  const digest = /^[0-9a-f]{64}$/;

  const time = (at, locale) => new Date(at).toLocaleString(locale, { timeZone: 'Asia/Ho_Chi_Minh' });

  const words = {
    vi: {
      right: n => `Sổ truy cập nguyên vẹn: ${n} mục, từ mục 1 đến mục ${n}, không mục nào bị sửa, bị xoá hay đổi chỗ.`,
      head: hash => `Mã của mục cuối: ${hash}`,
      empty: 'Sổ truy cập chưa có mục nào, không có gì để kiểm tra.',
      grown: (old, n) => `Khớp với bản tải trước: ${old} mục của bản đó còn nguyên, từ đó đến nay có thêm ${n} mục.`,
      start: 'Đang kiểm tra…',
      reading: n => `Đã kiểm tra ${n} mục…`,
      wrong: (seq, at) => `Sổ truy cập KHÔNG đúng. Mục sai đầu tiên: mục ${seq}${at ? `, ghi lúc ${time(at, 'vi-VN')}` : ''}.`,
      why: {
        hash: 'Nội dung của mục này không khớp với mã của nó: mục đã bị sửa.',
        prevHash: 'Mục này không nối với mục ngay trước nó: mục trước đã bị sửa hoặc thay bằng mục khác.',
        gap: 'Thiếu mục: mục này không có trong tệp.',
        order: 'Mục này đứng sai chỗ hoặc lặp lại.',
        id: 'Mục này mang mã nhận dạng của một mục khác.',
        malformed: 'Mục này không đúng định dạng.',
        missingEnd: 'Thiếu các mục cuối: tệp dừng trước mục này.',
        head: 'Mục cuối không phải là mục mà phần đầu tệp đã nêu.',
        shrunk: 'Bản tải trước có mục này mà bản này không có: các mục cuối đã bị xoá.',
        rewritten: 'Mục này khác với mục cùng số trong bản tải trước: lịch sử đã bị viết lại.',
      },
      next: 'Hãy giữ lại tệp này làm bằng chứng, tải sổ lần nữa rồi kiểm tra lại. Nếu vẫn sai, báo cho Công an cấp xã hoặc đơn vị vận hành.',
      unreadable: 'Đây không phải là tệp sổ truy cập tải từ cổng của tỉnh. Hãy chọn tệp có tên kết thúc bằng .ndjson.',
      earlierUnreadable: 'Tệp của lần tải trước không đọc được hoặc bản thân nó không đúng. Hãy chọn tệp khác.',
      otherPerson: 'Hai tệp thuộc về hai người khác nhau.',
      noCrypto: 'Trình duyệt này chỉ tính được mã kiểm tra trên kết nối an toàn (https). Hãy mở cổng bằng địa chỉ https hoặc dùng câu lệnh bên dưới.',
      offline: 'Không tải được sổ. Hãy xem kết nối mạng rồi thử lại.',
      ended: 'Phiên đăng nhập đã kết thúc. Hãy đăng nhập lại rồi kiểm tra.',
      choose: 'Hãy chọn tệp sổ truy cập.',
    },
    en: {
      right: n => `The ledger is whole: ${n} entries, from entry 1 to entry ${n}; none was changed, removed or moved.`,
      head: hash => `Code of the last entry: ${hash}`,
      empty: 'The ledger has no entry yet, there is nothing to check.',
      grown: (old, n) => `It agrees with your earlier download: its ${old} entries are all there unchanged, and ${n} came after.`,
      start: 'Checking…',
      reading: n => `${n} entries checked…`,
      wrong: (seq, at) => `The ledger is NOT right. First bad entry: entry ${seq}${at ? `, written at ${time(at, 'en-GB')}` : ''}.`,
      why: {
        hash: 'The content of this entry does not match its hash: the entry was changed.',
        prevHash: 'This entry does not follow from the one before it: the one before was changed or exchanged.',
        gap: 'An entry is missing: this one is not in the file.',
        order: 'This entry is out of place or repeated.',
        id: 'This entry bears the identity of another one.',
        malformed: 'This entry is not well formed.',
        missingEnd: 'The end is missing: the file stops before this entry.',
        head: 'The last entry is not the one that the head of the file names.',
        shrunk: 'Your earlier download has this entry and this one has not: the end was removed.',
        rewritten: 'This entry differs from the one of the same number in your earlier download: history was rewritten.',
      },
      next: 'Keep this file as evidence, download the ledger again and check again. If it is still not right, tell the commune police or the operator.',
      unreadable: 'This is no ledger file from the province\'s portal. Choose a file whose name ends in .ndjson.',
      earlierUnreadable: 'The earlier download cannot be read, or is itself not right. Choose another file.',
      otherPerson: 'The two files belong to two different people.',
      noCrypto: 'This browser computes hashes on a secure connection (https) only. Open the portal by its https address, or use the command below.',
      offline: 'The ledger could not be fetched. Look at your connection and try again.',
      ended: 'Your session has ended. Log in again, then check.',
      choose: 'Choose a ledger file.',
    },
  };

  class Unreadable extends Error {}

  function bytesOf(hex) {
    return Uint8Array.from({ length: hex.length / 2 }, (_, i) => parseInt(hex.slice(2 * i, 2 * i + 2), 16));
  }

  function microseconds(text) {
    const [, whole, fraction = ''] = instant.exec(text);
    return BigInt(Date.parse(`${whole}Z`)) * 1000n + BigInt(fraction.slice(0, 6).padEnd(6, '0'));
  }

  // The canonical encoding: a byte 1; subject, number, identity, kind, time in microseconds since 1970, tag, body; the hash before.
  // Texts are UTF-8 with their length in 4 bytes before them, numbers are 8 bytes, all big-endian.
  function encode(subject, entry) {
    const [who, kind, tag, body] = [subject, entry.kind, entry.tag, entry.body].map(text => utf8.encode(text));
    const bytes = new Uint8Array(1 + 4 * 4 + who.length + kind.length + tag.length + body.length + 8 + 16 + 8 + 32);
    const view = new DataView(bytes.buffer);
    let at = 0;
    const raw = part => { bytes.set(part, at); at += part.length; };
    const number = value => { view.setBigInt64(at, value); at += 8; };
    const text = part => { view.setUint32(at, part.length); at += 4; raw(part); };
    bytes[at++] = 1;
    text(who);
    number(BigInt(entry.seq));
    raw(bytesOf(entry.id.replaceAll('-', '')));
    text(kind);
    number(microseconds(entry.at));
    text(tag);
    text(body);
    raw(bytesOf(entry.prevHash));
    return bytes;
  }

  async function hash(subject, entry) {
    const sum = new Uint8Array(await webCrypto.subtle.digest('SHA-256', encode(subject, entry)));
    return Array.from(sum, byte => byte.toString(16).padStart(2, '0')).join('');
  }

  function isWellFormed(entry) {
    return entry !== null && typeof entry === 'object'
      && Number.isSafeInteger(entry.seq) && entry.seq > 0
      && [entry.id, entry.kind, entry.at, entry.tag, entry.body, entry.prevHash, entry.hash].every(value => typeof value === 'string')
      && uuid.test(entry.id) && instant.test(entry.at) && !Number.isNaN(Date.parse(entry.at)) && digest.test(entry.prevHash) && digest.test(entry.hash);
  }

  function parse(line) {
    try {
      return JSON.parse(line);
    } catch {
      return undefined;
    }
  }

  async function* linesOf(chunks) {
    const decoder = new TextDecoder('utf-8', { fatal: true });
    const decode = (...chunk) => {
      try {
        return decoder.decode(...chunk);
      } catch {
        throw new Unreadable();
      }
    };
    let rest = '';
    for await (const chunk of chunks) {
      const parts = (rest + decode(chunk, { stream: true })).split('\n');
      rest = parts.pop();
      yield* parts;
    }
    rest += decode();
    if (rest.trim()) {
      yield rest;
    }
  }

  // Walks the file once; what it gives back names the first bad entry, or none. hashes[i] is the hash of entry i + 1.
  async function walk(chunks, progress) {
    const hashes = [];
    const ids = new Set();
    let head = null;
    const bad = (why, seq, at) => ({ head, hashes, bad: { why, seq, at } });
    for await (const line of linesOf(chunks)) {
      if (head === null) {
        head = parse(line);
        const isHead = head?.format === format && typeof head.subject === 'string' && Number.isSafeInteger(head.headSeq) && head.headSeq >= 0
          && digest.test(head.headHash);
        if (!isHead) {
          throw new Unreadable();
        }
        continue;
      }
      const entry = parse(line);
      const expected = hashes.length + 1;
      if (!isWellFormed(entry)) {
        return bad('malformed', expected);
      }
      if (entry.seq !== expected) {
        return entry.seq > expected ? bad('gap', expected) : bad('order', entry.seq, entry.at);
      }
      if (entry.prevHash !== (hashes.at(-1) ?? emptyHash)) {
        return bad('prevHash', entry.seq, entry.at);
      }
      if (await hash(head.subject, entry) !== entry.hash) {
        return bad('hash', entry.seq, entry.at);
      }
      if (ids.has(entry.id)) {
        return bad('id', entry.seq, entry.at);
      }
      ids.add(entry.id);
      hashes.push(entry.hash);
      if (hashes.length % 500 === 0) {
        progress(hashes.length);
      }
    }
    if (head === null) {
      throw new Unreadable();
    }
    if (hashes.length < head.headSeq) {
      return bad('missingEnd', hashes.length + 1);
    }
    return (hashes.at(-1) ?? emptyHash) === head.headHash ? { head, hashes } : bad('head', hashes.length);
  }

  function compare(now, earlier) {
    const first = earlier.hashes.findIndex((old, index) => now.hashes[index] !== old);
    return first < 0 ? null : { why: first >= now.hashes.length ? 'shrunk' : 'rewritten', seq: first + 1 };
  }

  // { right, lines }: whether all is right, and what to tell.
  async function check(open, openEarlier, say, progress) {
    if (webCrypto === undefined) {
      return { right: false, lines: [say.noCrypto] };
    }
    let now;
    try {
      now = await walk(await open(), progress);
    } catch (error) {
      if (error instanceof Unreadable) {
        return { right: false, unreadable: true, lines: [say.unreadable] };
      }
      throw error;
    }
    const tell = found => ({ right: false, bad: found, lines: [say.wrong(found.seq, found.at), say.why[found.why], say.next] });
    if (now.bad) {
      return tell(now.bad);
    }
    const lines = now.hashes.length === 0 ? [say.empty] : [say.right(now.hashes.length), say.head(now.hashes.at(-1))];
    if (openEarlier) {
      let earlier;
      try {
        earlier = await walk(await openEarlier(), () => {});
      } catch (error) {
        if (!(error instanceof Unreadable)) {
          throw error;
        }
      }
      if (earlier === undefined || earlier.bad) {
        return { right: false, unreadable: true, lines: [say.earlierUnreadable] };
      }
      if (earlier.head.subject !== now.head.subject) {
        return { right: false, unreadable: true, lines: [say.otherPerson] };
      }
      const moved = compare(now, earlier);
      if (moved) {
        return tell(moved);
      }
      lines.push(say.grown(earlier.hashes.length, now.hashes.length - earlier.hashes.length));
    }
    return { right: true, lines };
  }

  async function* chunksOf(stream) {
    const reader = stream.getReader();
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      yield part.value;
    }
  }

  function wire(form) {
    const say = words[document.documentElement.lang] ?? words.vi;
    const result = form.querySelector('[data-ledger-result]');
    const [file, earlier] = ['ledger', 'earlier'].map(name => form.elements.namedItem(name));
    const chosen = input => input?.files?.[0];
    const show = (state, lines) => {
      result.dataset.state = state;
      result.replaceChildren(...lines.map(line => Object.assign(document.createElement('p'), { textContent: line })));
    };
    const fetched = async () => {
      const answer = await fetch(form.dataset.ledgerSource, { headers: { accept: 'application/x-ndjson' }, redirect: 'manual', cache: 'no-store' });
      if (answer.type === 'opaqueredirect' || answer.status === 401) {
        throw new Error(say.ended);
      }
      if (!answer.ok) {
        throw new Error(say.offline);
      }
      return chunksOf(answer.body);
    };
    const run = async open => {
      if (form.hasAttribute('aria-busy')) {
        return;
      }
      form.setAttribute('aria-busy', 'true');
      show('busy', [say.start]);
      try {
        const old = chosen(earlier);
        const outcome = await check(open, old && (() => chunksOf(old.stream())), say, n => show('busy', [say.reading(n)]));
        show(outcome.right ? 'right' : outcome.bad ? 'wrong' : 'unclear', outcome.lines);
      } catch (error) {
        show('unclear', [error.message === say.ended ? say.ended : say.offline]);
      } finally {
        form.removeAttribute('aria-busy');
      }
    };
    form.hidden = false;
    form.addEventListener('submit', event => {
      event.preventDefault();
      if (event.submitter?.name === 'fetch') {
        run(fetched);
      } else if (chosen(file)) {
        run(() => chunksOf(chosen(file).stream()));
      } else {
        show('unclear', [say.choose]);
        file.focus();
      }
    });
  }

  async function command(args) {
    const { createReadStream } = require('node:fs');
    const say = args.includes('--vi') ? words.vi : words.en;
    const [file, earlier] = args.filter(arg => !arg.startsWith('--'));
    if (!file) {
      console.error('node ledger-check.js LEDGER [EARLIER-DOWNLOAD] [--vi]');
      return 2;
    }
    try {
      const outcome = await check(() => createReadStream(file), earlier && (() => createReadStream(earlier)), say, () => {});
      (outcome.right ? console.log : console.error)(outcome.lines.join('\n'));
      return outcome.right ? 0 : outcome.unreadable ? 2 : 1;
    } catch (error) {
      console.error(`${say.unreadable} (${error.code ?? error.name})`);
      return 2;
    }
  }

  if (isPage) {
    document.querySelectorAll('form[data-ledger-source]').forEach(wire);
  } else {
    command(process.argv.slice(2)).then(code => { process.exitCode = code; });
  }
})();
