-- VN-2000 in spatial_ref_sys: the provincial 3-degree zones that PostGIS does not ship, and the others if they are missing.
-- Used by every ST_Transform to or from provincial coordinates (EPSG:9208 is the zone of Phú Thọ).
-- The seven parameters are EPSG:6960 with position-vector signs; Decree forms print the opposite rotation signs (0.76 m off),
-- and leaving them out moves points by 224 m. Twin in code: server/platform/geo/vn2000.ts.

create temporary table vn2000_zone (srid integer, name text, central_meridian text, scale_factor text, shipped boolean);

insert into vn2000_zone (srid, name, central_meridian, scale_factor, shipped) values
  (3405, 'UTM zone 48N', '105', '0.9996', true),
  (3406, 'UTM zone 49N', '111', '0.9996', true),
  (5896, 'TM-3 zone 481', '102', '0.9999', true),
  (5897, 'TM-3 zone 482', '105', '0.9999', true),
  (5898, 'TM-3 zone 491', '108', '0.9999', true),
  (5899, 'TM-3 107-45', '107.75', '0.9999', true),
  (9205, 'TM-3 103-00', '103', '0.9999', false),
  (9206, 'TM-3 104-00', '104', '0.9999', false),
  (9207, 'TM-3 104-30', '104.5', '0.9999', false),
  (9208, 'TM-3 104-45', '104.75', '0.9999', false),
  (9209, 'TM-3 105-30', '105.5', '0.9999', false),
  (9210, 'TM-3 105-45', '105.75', '0.9999', false),
  (9211, 'TM-3 106-00', '106', '0.9999', false),
  (9212, 'TM-3 106-15', '106.25', '0.9999', false),
  (9213, 'TM-3 106-30', '106.5', '0.9999', false),
  (9214, 'TM-3 107-00', '107', '0.9999', false),
  (9215, 'TM-3 107-15', '107.25', '0.9999', false),
  (9216, 'TM-3 107-30', '107.5', '0.9999', false),
  (9217, 'TM-3 108-15', '108.25', '0.9999', false),
  (9218, 'TM-3 108-30', '108.5', '0.9999', false);

insert into spatial_ref_sys (srid, auth_name, auth_srid, srtext, proj4text)
select
  zone.srid,
  'EPSG',
  zone.srid,
  format(
    'PROJCS["VN-2000 / %1$s",GEOGCS["VN-2000",DATUM["Vietnam_2000",SPHEROID["WGS 84",6378137,298.257223563,AUTHORITY["EPSG","7030"]],'
    || 'TOWGS84[-191.90441429,-39.30318279,-111.45032835,0.00928836,-0.01975479,0.00427372,0.252906278],AUTHORITY["EPSG","6756"]],'
    || 'PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],AUTHORITY["EPSG","4756"]],'
    || 'PROJECTION["Transverse_Mercator"],PARAMETER["latitude_of_origin",0],PARAMETER["central_meridian",%2$s],PARAMETER["scale_factor",%3$s],'
    || 'PARAMETER["false_easting",500000],PARAMETER["false_northing",0],UNIT["metre",1,AUTHORITY["EPSG","9001"]],'
    || 'AXIS["Easting",EAST],AXIS["Northing",NORTH],AUTHORITY["EPSG","%4$s"]]',
    zone.name, zone.central_meridian, zone.scale_factor, zone.srid),
  format(
    '+proj=tmerc +lat_0=0 +lon_0=%1$s +k=%2$s +x_0=500000 +y_0=0 +ellps=WGS84 '
    || '+towgs84=-191.90441429,-39.30318279,-111.45032835,0.00928836,-0.01975479,0.00427372,0.252906278 +units=m +no_defs',
    zone.central_meridian, zone.scale_factor)
from vn2000_zone zone
where not zone.shipped or not exists (select 1 from spatial_ref_sys known where known.srid = zone.srid)
on conflict (srid) do update
  set auth_name = excluded.auth_name, auth_srid = excluded.auth_srid, srtext = excluded.srtext, proj4text = excluded.proj4text;

drop table vn2000_zone;
