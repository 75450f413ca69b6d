// A relying party on npm openid-client: private_key_jwt, pushed requests, PKCE, DPoP with nonces, refresh, step-up, logout.
// Usage: node relying-party.mjs SETTINGS-FILE. It prints one JSON object a line; after {"open": URL} it wants the address to which the browser was sent back.
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import * as client from 'openid-client';

const settings = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const tell = (value) => console.log(JSON.stringify(value));

const key = await crypto.subtle.importKey('jwk', settings.jwk, { name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign']);
const config = await client.discovery(new URL(settings.issuer), settings.clientId, undefined, client.PrivateKeyJwt({ key, kid: settings.jwk.kid }), {
  execute: [client.allowInsecureRequests],
});
const DPoP = client.getDPoPHandle(config, await client.randomDPoPKeyPair('ES256'));

async function login(extra) {
  const verifier = client.randomPKCECodeVerifier();
  const [state, nonce] = [client.randomState(), client.randomNonce()];
  const url = await client.buildAuthorizationUrlWithPAR(config, {
    redirect_uri: settings.redirectUri,
    scope: 'openid offline_access me.read',
    code_challenge: await client.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    state,
    nonce,
    ...extra,
  }, { DPoP });
  tell({ open: url.href });
  const back = new URL((await lines.next()).value);
  const tokens = await client.authorizationCodeGrant(config, back, { pkceCodeVerifier: verifier, expectedState: state, expectedNonce: nonce }, undefined, { DPoP });
  return tokens;
}

try {
  const first = await login({});
  tell({ acr: first.claims().acr, tokenType: first.token_type, sub: first.claims().sub });
  const info = await client.fetchUserInfo(config, first.access_token, first.claims().sub, { DPoP });
  tell({ userinfo: info.sub === first.claims().sub });
  const second = await client.refreshTokenGrant(config, first.refresh_token, undefined, { DPoP });
  tell({ refreshed: second.access_token !== first.access_token });
  const stepped = await login({ acr_values: 'urn:vn:eid:level:2' });
  tell({ acr: stepped.claims().acr, sameSubject: stepped.claims().sub === first.claims().sub });
  tell({ logout: client.buildEndSessionUrl(config, { id_token_hint: stepped.id_token, post_logout_redirect_uri: settings.afterLogout }).href });
  await lines.next();
  const ended = await client.fetchUserInfo(config, stepped.access_token, stepped.claims().sub, { DPoP }).then(() => 'alive', () => 'ended');
  tell({ after: ended });
} catch (error) {
  tell({ error: `${error.name} ${error.code ?? ''} ${error.error ?? ''} ${error.error_description ?? error.message}` });
  process.exitCode = 1;
}
process.exit();
