-- The roles of job-audit in a PostgreSQL of your own, each with the least it needs:
--
--   job_audit_owner   owns the schemas audit and batch, and so may migrate them; nothing else
--   job_audit_writer  what the job needs to run: no delete, no truncate, no definition, no hand on the trail of changes
--   job_audit_reader  the views audit.v_... only: for reports and BI tools
--
-- An administrator (superuser, or owner of the database with createrole) runs this once per database, before or after
-- the first migration; running it again changes nothing:
--
--   psql -v ON_ERROR_STOP=1 -d audit -f sql/roles.sql -f sql/migration/R__rights.sql
--   psql -d audit -c '\password job_audit_owner' -c '\password job_audit_writer' -c '\password job_audit_reader'
--
-- The database is taken to be job-audit's own: roles other than these and its owner lose the right to connect.
-- The rights themselves are in migration/R__rights.sql, so that a release that brings a table brings its rights too.
--
-- job-audit migrates when it starts. The first start, and the first start of a new release, is as job_audit_owner; every
-- other one, the nightly job's, is as job_audit_writer, which only finds that nothing is left to migrate. With something
-- left, the writer ends with exit code 77 and has changed nothing.

do $$
declare
  name text;
begin
  foreach name in array array['job_audit_owner', 'job_audit_writer', 'job_audit_reader'] loop
    if not exists (select from pg_roles where rolname = name) then
      execute format('create role %I login', name);
    end if;
  end loop;
end
$$;

-- Who hands something over to a role must be able to act as that role; a superuser can.
do $$
begin
  if not (select rolsuper from pg_roles where rolname = current_user) then
    execute format('grant job_audit_owner to %I', current_user);
  end if;
end
$$;

do $$
begin
  execute format('revoke all on database %I from public', current_database());
  execute format('grant connect on database %I to job_audit_owner, job_audit_writer, job_audit_reader', current_database());
  -- As of version 15 nobody has it any more.
  if exists (select from pg_namespace, aclexplode(nspacl) where nspname = 'public' and grantee = 0 and privilege_type = 'CREATE') then
    revoke create on schema public from public;
  end if;
end
$$;

create schema if not exists audit;
create schema if not exists batch;
alter schema audit owner to job_audit_owner;
alter schema batch owner to job_audit_owner;
grant usage on schema audit to job_audit_writer, job_audit_reader;
grant usage on schema batch to job_audit_writer;

-- After a migration by another role: what is there changes hands. Indexes and identities go with their tables.
do $$
declare
  item record;
begin
  for item in
    select c.oid::regclass as relation from pg_class c
    where c.relnamespace in ('audit'::regnamespace, 'batch'::regnamespace) and c.relkind in ('r', 'v', 'S')
    and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype in ('a', 'i'))
  loop
    execute format('alter table %s owner to job_audit_owner', item.relation);
  end loop;
  for item in
    select p.oid::regprocedure as routine from pg_proc p where p.pronamespace in ('audit'::regnamespace, 'batch'::regnamespace)
  loop
    execute format('alter routine %s owner to job_audit_owner', item.routine);
  end loop;
end
$$;
