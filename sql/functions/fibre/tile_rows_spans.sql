-- Rows of the tile layer "spans": fibre spans in force on a day. Lengths in metres. Used by server/tiles. ids null: all.
create or replace function tile_rows_spans(at date, ids bigint[])
returns table (id bigint, code text, name text, network_code text, operator text, deployment text, status text,
               length_m double precision, fibre_count integer, route_group text, synthetic boolean, geometry text)
language sql stable parallel safe as $$
  select s.id, s.code, s.name, n.code, o.code, s.deployment, span_status_at(s.status, s.valid_to, at), round(s.length_m::numeric, 1)::double precision,
         s.fibre_count, s.route_group, s.synthetic, st_asgeojson(s.geom, 6)
    from fibre_span s
    join fibre_network n on n.id = s.network_id
    left join operator o on o.id = s.operator_id
   where is_valid_at(s.valid_from, s.valid_to, at) and (ids is null or s.id = any (ids))
$$;
comment on function tile_rows_spans(date, bigint[]) is 'Tile layer spans: fibre spans in force on the day.';
