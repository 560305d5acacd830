-- Which kind may go between which buckets, and how the two accounts must be tied.
INSERT INTO funding_transferrule (kind, source_bucket, target_bucket, tie) VALUES
    ('PROVISIONAL', 'OUTSIDE', 'AVAILABLE', 'ROOT'),
    ('NOTIFICATION', 'OUTSIDE', 'AVAILABLE', 'ROOT'),
    ('REDUCTION', 'AVAILABLE', 'OUTSIDE', 'ROOT'),
    ('DELEGATION', 'AVAILABLE', 'AVAILABLE', 'CHILD'),
    ('RETURN', 'AVAILABLE', 'AVAILABLE', 'PARENT'),
    ('FREEZE', 'AVAILABLE', 'FROZEN', 'SAME_ENVELOPE'),
    ('UNFREEZE', 'FROZEN', 'AVAILABLE', 'SAME_ENVELOPE'),
    ('RESERVE', 'AVAILABLE', 'RESERVED', 'SAME_ENVELOPE'),
    ('UNRESERVE', 'RESERVED', 'AVAILABLE', 'SAME_ENVELOPE'),
    ('COMMIT', 'RESERVED', 'COMMITTED', 'SAME_ANNEXE'),
    ('RELEASE', 'COMMITTED', 'AVAILABLE', 'SAME_ENVELOPE'),
    ('PAYMENT', 'COMMITTED', 'PAID', 'SAME_ANNEXE'),
    ('CLAWBACK', 'PAID', 'AVAILABLE', 'SAME_ENVELOPE');
INSERT INTO funding_account (bucket) VALUES ('OUTSIDE');
