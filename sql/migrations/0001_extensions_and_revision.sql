-- Extensions, the dataset revision and the change log. Every dataset table calls note_change() after each
-- statement; readers (tile snapshots, ETags) follow dataset_revision.revision and the change log.
create extension if not exists postgis;
create extension if not exists pg_trgm;
create extension if not exists btree_gist;

create table dataset_revision (
  id boolean primary key default true check (id),
  revision bigint not null default 0,
  transaction_id xid8,
  changed_at timestamptz not null default now()
);
comment on table dataset_revision is 'One row: the revision of the whole dataset. Moves once per changing transaction; feeds ETags and tile caches.';
comment on column dataset_revision.id is 'Always true: there is only one row.';
comment on column dataset_revision.revision is 'Counts changing transactions.';
comment on column dataset_revision.transaction_id is 'Transaction that made the latest revision, so that its further statements share it.';
comment on column dataset_revision.changed_at is 'When the revision last moved.';
insert into dataset_revision default values;

create table change_log (
  id bigint generated always as identity primary key,
  revision bigint not null,
  table_name text not null,
  ids bigint[]
);
create index change_log_revision on change_log (revision);
comment on table change_log is 'What each revision touched: lets a snapshot reload only the changed rows. Pruned to the last 10,000 entries.';
comment on column change_log.id is 'Order of writing.';
comment on column change_log.revision is 'Dataset revision that the change belongs to.';
comment on column change_log.table_name is 'Table that changed.';
comment on column change_log.ids is 'Ids of the changed rows of the table, or null when there were too many to list.';

create function bump_revision() returns bigint language plpgsql as $$
declare
  new_revision bigint;
begin
  update dataset_revision
     set revision = revision + 1, transaction_id = pg_current_xact_id(), changed_at = now()
   where transaction_id is distinct from pg_current_xact_id()
  returning revision into new_revision;
  if new_revision is null then
    select revision into new_revision from dataset_revision;
  else
    perform pg_notify('dataset_revision', new_revision::text);
    if new_revision % 1000 = 0 then
      delete from change_log where id <= (select max(id) - 10000 from change_log);
    end if;
  end if;
  return new_revision;
end $$;
comment on function bump_revision() is 'Moves the dataset revision once per transaction, tells listeners on channel dataset_revision, returns the revision.';

create function note_change() returns trigger language plpgsql as $$
declare
  key_column text := coalesce(tg_argv[0], 'id');
  changed bigint[];
  this_revision bigint;
begin
  execute format('select array_agg(distinct %I) from (select %I from changed_rows limit 5001) c', key_column, key_column) into changed;
  if changed is null then
    return null;
  end if;
  this_revision := bump_revision();
  if cardinality(changed) > 5000 then
    changed := null;
  end if;
  insert into change_log (revision, table_name, ids) values (this_revision, tg_table_name, changed);
  return null;
end $$;
comment on function note_change() is 'Statement trigger of every dataset table: bumps the revision and logs the changed ids (argument: key column). A statement that changes no row changes nothing.';

-- Puts the three statement triggers on a table. Used by the migrations that create dataset tables.
create function track_changes(table_name regclass, key_column text default 'id') returns void language plpgsql as $$
begin
  execute format('create trigger note_insert after insert on %s referencing new table as changed_rows for each statement execute function note_change(%L)', table_name, key_column);
  execute format('create trigger note_update after update on %s referencing new table as changed_rows for each statement execute function note_change(%L)', table_name, key_column);
  execute format('create trigger note_delete after delete on %s referencing old table as changed_rows for each statement execute function note_change(%L)', table_name, key_column);
end $$;
comment on function track_changes(regclass, text) is 'Attaches note_change() to a dataset table.';
