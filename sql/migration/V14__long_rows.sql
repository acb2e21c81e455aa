-- A row with more cells than its header is malformed, as one with fewer cells is.
comment on column audit.audit_rejected_line.reason is 'DUPLICATE, or why the line is malformed: EMPTY, TOO_LONG, BAD_CHARACTER, SHORT_ROW, LONG_ROW.';
