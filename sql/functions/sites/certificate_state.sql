-- State of a station's latest certificate on a day: valid, due (60 days or fewer before expiry), expired, none.
-- Used by the shared filter, tiles and exports. The 60 days are the rule for re-inspection (see docs/decisions).
create or replace function certificate_state(certificate_station_id bigint, at date) returns text
language sql stable parallel safe as $$
  select coalesce(
    (select case when c.expires <= at then 'expired' when c.expires - at <= 60 then 'due' else 'valid' end
       from station_certificate sc
       join certificate c on c.id = sc.certificate_id
      where sc.station_id = certificate_station_id and c.issued <= at and c.status <> 'revoked'
      order by c.issued desc, c.expires desc
      limit 1),
    'none')
$$;
comment on function certificate_state(bigint, date) is 'State of a station''s latest certificate on a day: valid, due (60 days or fewer left), expired or none.';
