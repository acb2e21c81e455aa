-- The closing statement as a reader sees it, line by line: the same in every workbook.
create view audit.v_run_statement as
select c.run_id, s.line_no, s.label, s.amount, s.note, s.is_check
from audit.v_run_count c
cross join lateral (values
  ( 1, 'Lines read',           c.lines_read,   'data lines of the input, without header and blank lines', false),
  ( 2, 'Distinct ids',         c.distinct_ids, 'well-formed ids, each counted once', false),
  ( 3, 'Duplicate lines',      c.duplicates,   'the id stood on an earlier line', false),
  ( 4, 'Malformed lines',      c.malformed,    'no well-formed id', false),
  ( 5, 'Check',                c.lines_read - c.distinct_ids - c.duplicates - c.malformed,
                                               'lines - distinct - duplicates - malformed, must be 0', true),
  ( 6, 'Fetched',              c.fetched,      'the API''s answer is stored', false),
  ( 7, 'Unchanged',            c.unchanged,    'already stored in a final state, not asked again', false),
  ( 8, 'Not found',            c.not_found,    'the API does not know the id', false),
  ( 9, 'Expired',              c.expired,      'stored earlier, and the API has forgotten it', false),
  (10, 'Refused',              c.refused,      'the API refuses to answer for the id', false),
  (11, 'Unreadable',           c.unreadable,   'no usable answer after all retries', false),
  (12, 'Pending',              c.pending,      'not decided yet: 0 when the run is complete', false),
  (13, 'Check',                c.distinct_ids - c.fetched - c.unchanged - c.not_found - c.expired - c.refused - c.unreadable - c.pending,
                                               'distinct ids - all outcomes - pending, must be 0', true)
) as s (line_no, label, amount, note, is_check);
comment on view audit.v_run_statement is 'The closing statement of each run, line by line, with its two checks.';
comment on column audit.v_run_statement.run_id is 'The run.';
comment on column audit.v_run_statement.line_no is 'Order of the line.';
comment on column audit.v_run_statement.label is 'What is counted.';
comment on column audit.v_run_statement.amount is 'The count; null where the import is not complete.';
comment on column audit.v_run_statement.note is 'What the count means.';
comment on column audit.v_run_statement.is_check is 'True for a difference that must be 0.';
