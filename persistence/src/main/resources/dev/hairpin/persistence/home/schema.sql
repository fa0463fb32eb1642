-- One row for each run whose journal is here.
create table if not exists hairpin_run (
  run uuid primary key default gen_random_uuid(),
  format integer not null,
  made timestamptz not null default now()
);

-- What akka-persistence-jdbc 5 reads and writes.
create table if not exists event_journal (
  ordering bigserial not null unique,
  persistence_id varchar(255) not null,
  sequence_number bigint not null,
  deleted boolean not null default false,
  writer varchar(255) not null,
  write_timestamp bigint,
  adapter_manifest varchar(255),
  event_payload bytea not null,
  event_ser_id integer not null,
  event_ser_manifest varchar(255) not null,
  meta_payload bytea,
  meta_ser_id integer,
  meta_ser_manifest varchar(255),
  primary key (persistence_id, sequence_number)
);

-- Finds the stages of a run by its id, with which theirs begin.
create index if not exists event_journal_stages on event_journal (persistence_id text_pattern_ops)
  where sequence_number = 1;

create table if not exists event_tag (
  event_id bigint not null references event_journal (ordering) on delete cascade,
  tag varchar(255) not null,
  primary key (event_id, tag)
);

create table if not exists snapshot (
  persistence_id varchar(255) not null,
  sequence_number bigint not null,
  created bigint not null,
  snapshot_payload bytea not null,
  snapshot_ser_id integer not null,
  snapshot_ser_manifest varchar(255) not null,
  meta_payload bytea,
  meta_ser_id integer,
  meta_ser_manifest varchar(255),
  primary key (persistence_id, sequence_number)
);
