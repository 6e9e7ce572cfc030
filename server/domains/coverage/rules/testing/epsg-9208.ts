/** PROJ string of VN-2000 / TM-3 104°45′ (EPSG:9208), as in the domain notes, so that these rules are tested on their own. */
export const EPSG_9208 =
  '+proj=tmerc +lat_0=0 +lon_0=104.75 +k=0.9999 +x_0=500000 +y_0=0 +ellps=WGS84 ' +
  '+towgs84=-191.90441429,-39.30318279,-111.45032835,0.00928836,-0.01975479,0.00427372,0.252906278 +units=m +no_defs';
