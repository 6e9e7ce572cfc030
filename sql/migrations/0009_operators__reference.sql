-- The mobile operators of Vietnam, so that files that name them can be imported into an empty inventory. Dates are those of
-- commercial launch and of the end of the licence or merger; a successor took over the network or the licence.
insert into operator (code, name, valid_from, valid_to, colour) values
  ('VIETTEL', 'Viettel', '2004-10-15', null, '#D55E00'),
  ('VINAPHONE', 'VinaPhone', '1996-06-26', null, '#0072B2'),
  ('MOBIFONE', 'MobiFone', '1994-04-16', null, '#009E73'),
  ('VIETNAMOBILE', 'Vietnamobile', '2009-04-08', null, '#E69F00'),
  ('GMOBILE', 'Gmobile', '2012-09-17', null, '#F0E442'),
  ('EVN_TELECOM', 'EVN Telecom', '2005-11-01', '2012-01-01', '#CC79A7'),
  ('SFONE', 'S-Fone', '2003-07-01', '2012-09-01', '#56B4E9'),
  ('HT_MOBILE', 'HT Mobile', '2007-01-15', '2009-04-08', '#E69F00'),
  ('BEELINE', 'Beeline', '2008-07-08', '2012-09-17', '#F0E442')
on conflict (code) do nothing;

update operator o set successor_id = n.id
  from (values ('EVN_TELECOM', 'VIETTEL'), ('HT_MOBILE', 'VIETNAMOBILE'), ('BEELINE', 'GMOBILE')) as s (code, successor)
  join operator n on n.code = s.successor
 where o.code = s.code;
