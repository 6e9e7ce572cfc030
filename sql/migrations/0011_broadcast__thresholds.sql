-- Radio and television: which threshold a transmitter was judged by, and how much of it stands on known ground.
alter table transmitter
  add column digital boolean not null default false;
comment on column transmitter.digital is 'Digital television: no threshold is published for it as such, threshold_dbuv_m must tell it.';

alter table broadcast_area
  add column threshold_urban_dbuv_m double precision,
  add column threshold_source text not null default '',
  add column pct_terrain double precision check (pct_terrain between 0 and 100);
comment on column broadcast_area.threshold_dbuv_m is 'Field strength that counts as served, dBµV/m at 10 m; in the country where towns have another. Null for the union and where there is none.';
comment on column broadcast_area.threshold_urban_dbuv_m is 'The same in wards and townships, where it differs; else null.';
comment on column broadcast_area.threshold_source is 'Where the threshold is from.';
comment on column broadcast_area.pct_terrain is 'Share of the squares within reach whose way was computed over known ground, percent; null for the union and where nothing was computed.';
