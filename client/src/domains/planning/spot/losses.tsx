import type { RadioPath } from '../../../../../server/contract/radio-path.ts';
import { number, t, term } from '../../../i18n/index.ts';
import { dbm, decibel } from '../format.ts';
import { marginText } from './text.ts';

/** From what is sent to what is received: the losses add up to the level. Other ways of reckoning stand below. */
export function Losses({ path }: { path: RadioPath }) {
  const model = term('model', path.model);
  const rows: readonly (readonly [name: string, value: string])[] = [
    [t('losses.eirp'), dbm(path.eirp_dbm)],
    [t('losses.antenna'), decibel(-path.antenna_db)],
    [t('losses.model', { model }), decibel(-path.model_db)],
    [t('losses.obstacles'), path.profile ? decibel(-path.diffraction_db) : t('losses.no_terrain')],
  ];
  return (
    <table class="figures losses">
      <caption>{t('losses.title')}</caption>
      <tbody>
        {rows.map(([name, value]) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td class="numeric">{value}</td>
          </tr>
        ))}
        <tr class="losses-sum">
          <th scope="row">{t('losses.level')}</th>
          <td class="numeric">{dbm(path.level_dbm)}</td>
        </tr>
        <tr>
          <th scope="row">{t('losses.required')}</th>
          <td class="numeric">
            {dbm(path.required_dbm)}
            <small>{marginText(path)}</small>
          </td>
        </tr>
        <tr class="losses-compare">
          <th scope="row">{t('losses.free_space')}</th>
          <td class="numeric">{decibel(-path.free_space_db)}</td>
        </tr>
        <tr>
          <th scope="row">{t('losses.itm')}</th>
          <td class="numeric">
            {path.itm_db === null ? (
              t('losses.no_terrain')
            ) : (
              <>
                {decibel(-path.itm_db)}
                <small>{t('losses.itm_level', { level: dbm(path.eirp_dbm - path.antenna_db - path.itm_db) })}</small>
              </>
            )}
          </td>
        </tr>
        <tr>
          <th scope="row">{t('losses.heights')}</th>
          <td class="numeric">
            {`${number(path.antenna_height_m, 1)} m → ${number(path.receiver_height_m, 1)} m`}
            <small>{t('losses.effective', { height: number(path.effective_height_m, 1) })}</small>
          </td>
        </tr>
      </tbody>
    </table>
  );
}
