-- Few entries are about reports, so these indexes cost all the others nothing. Queries repeat the condition as it stands here.
CREATE INDEX ledger_report ON ledger (subject, seq) WHERE kind IN ('report.opened', 'report.read', 'report.answered');

CREATE INDEX ledger_report_opened ON ledger (at, entry_id) WHERE kind = 'report.opened';
