-- The roles of job-audit in your own PostgreSQL. Each role has only the rights that it needs:
--
--   job_audit_owner   owns the schemas audit and batch, and migrates them; it has no other rights
--   job_audit_writer  runs the nightly job: it cannot create anything but temporary tables, cannot drop or truncate anything,
--                     cannot delete runs, ids, jobs or what is closed, and cannot write the trail of changes
--   job_audit_reader  reads the views audit.v_... and nothing else: for reports and BI tools
--
-- An administrator (a superuser, or the owner of the database with createrole) runs this file once per database, before or
-- after the first migration. It is safe to run it again:
--
--   psql -v ON_ERROR_STOP=1 -d audit -f sql/roles.sql -f sql/migration/R__rights.sql -f sql/migration/afterMigrate__rights.sql
--   psql -d audit -c '\password job_audit_owner' -c '\password job_audit_writer' -c '\password job_audit_reader'
--
-- The database must belong to job-audit alone: all roles except these and the owner of the database lose the right to
-- connect. The rights on tables and views are in migration/R__rights.sql, those on newer tables in migration/afterMigrate__rights.sql:
-- whoever runs the first by hand runs the second after it.
--
-- Only a superuser can also keep the reader from the lock of a run: see the end of this file.
--
-- Run "job-audit migrate" once per release as job_audit_owner: the first time, and after each upgrade. The nightly job runs as
-- job_audit_writer, which checks that there is nothing to migrate. If a migration is pending, the writer ends with exit code
-- 77 and changes nothing.
--
-- The commands "purge" and "erase" run as job_audit_owner.

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

-- To give objects to a role, the current user must be a member of that role; a superuser need not be.
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
  -- Reports read the jobs of a run once, into a temporary table. Without this right they read them once per sheet.
  execute format('grant temporary on database %I to job_audit_owner, job_audit_writer', current_database());
  -- Since PostgreSQL 15 no role has this right by default.
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

-- If another role has migrated before, all objects get the new owner. Indexes and identity columns follow their tables.
do $$
declare
  item record;
begin
  for item in
    select c.oid::regclass as relation from pg_class c
    where c.relnamespace in ('audit'::regnamespace, 'batch'::regnamespace) and c.relkind in ('r', 'p', 'v', 'S')
    and not (c.relkind = 'S' and exists (
      select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype in ('a', 'i')))
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

-- A run holds an advisory lock, and so does a migration. By default every role may take the same lock and so stop every run,
-- the reader too. These functions belong to the superuser, and the right to call them is this database's alone.
do $$
declare
  lock regprocedure;
begin
  if not (select rolsuper from pg_roles where rolname = current_user) then
    raise notice 'job_audit_reader can still take the lock of a run: only a superuser can revoke that';
    return;
  end if;
  for lock in
    select oid from pg_proc
    where pronamespace = 'pg_catalog'::regnamespace and proname ~ '^pg_(try_)?advisory_(xact_)?lock(_shared)?$'
  loop
    execute format('revoke execute on function %s from public', lock);
    execute format('grant execute on function %s to job_audit_owner, job_audit_writer, %I', lock,
      (select pg_get_userbyid(datdba) from pg_database where datname = current_database()));
  end loop;
end
$$;
