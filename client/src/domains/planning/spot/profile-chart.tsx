import { useEffect, useId, useRef, useState } from 'preact/hooks';
import type { RadioPath } from '../../../../../server/contract/radio-path.ts';
import { number, t } from '../../../i18n/index.ts';
import { planningColours } from '../../../map/palette.ts';
import { drawProfile, type Frame, type ProfileDrawing } from './profile.ts';
import { profileText } from './text.ts';

const margins = { left: 44, right: 14, top: 22, bottom: 34 };
/** A gap narrower than this has no room for its words (pixels). */
const leastGapText = 84;

/** The width that the drawing has on the page: text keeps its size whatever the card is. */
function useWidth(first: number) {
  const box = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(first);
  useEffect(() => {
    if (!box.current) return undefined;
    const observer = new ResizeObserver(([entry]) => {
      if (entry) setWidth(Math.max(Math.round(entry.contentRect.width), 240));
    });
    observer.observe(box.current);
    return () => observer.disconnect();
  }, []);
  return { box, width };
}

function Axes({ drawing, frame }: { drawing: ProfileDrawing; frame: Frame }) {
  const floor = frame.height - frame.bottom;
  const end = frame.width - frame.right;
  return (
    <g class="profile-axes">
      {drawing.up.map(({ at, value }) => (
        <g key={`up${value}`}>
          <line x1={frame.left} x2={end} y1={at} y2={at} class="profile-grid" />
          <text x={frame.left - 6} y={at + 4} text-anchor="end">
            {number(value)}
          </text>
        </g>
      ))}
      {drawing.across.map(({ at, value }) => (
        <g key={`across${value}`}>
          <line x1={at} x2={at} y1={floor} y2={floor + 4} class="profile-tick" />
          <text x={at} y={floor + 16} text-anchor="middle">
            {number(value, 2)}
          </text>
        </g>
      ))}
      <line x1={frame.left} x2={end} y1={floor} y2={floor} class="profile-tick" />
      <text x={frame.left - 6} y={12} text-anchor="end" class="profile-unit">
        m
      </text>
      <text x={end} y={frame.height - 4} text-anchor="end" class="profile-unit">
        km
      </text>
    </g>
  );
}

function Gaps({ gaps, frame, pattern }: { gaps: ProfileDrawing['gaps']; frame: Frame; pattern: string }) {
  const height = frame.height - frame.top - frame.bottom;
  return (
    <>
      {gaps.map(({ x, width }) => (
        <g key={x}>
          <rect x={x} y={frame.top} width={width} height={height} fill={`url(#${pattern})`} />
          {width >= leastGapText && (
            <text x={x + width / 2} y={frame.top + height - 10} text-anchor="middle" class="profile-gap">
              {t('profile.gap')}
            </text>
          )}
        </g>
      ))}
    </>
  );
}

function Worst({ worst, frame }: { worst: NonNullable<ProfileDrawing['worst']>; frame: Frame }) {
  const isObstructed = worst.ground < worst.ray;
  const isLate = worst.x > frame.width * 0.7;
  const y = Math.max(Math.min(worst.ray, worst.ground) - 8, frame.top + 10);
  return (
    <g class={isObstructed ? 'profile-worst profile-blocked' : 'profile-worst'}>
      <line x1={worst.x} x2={worst.x} y1={worst.ray} y2={worst.ground} />
      <path d={`M${worst.x - 5} ${worst.ground}h10M${worst.x - 5} ${worst.ray}h10`} />
      <text x={worst.x + (isLate ? -8 : 8)} y={y} text-anchor={isLate ? 'end' : 'start'}>
        {t(isObstructed ? 'profile.blocked' : 'profile.tightest')}
      </text>
    </g>
  );
}

/**
 * The way of the wave from site to spot: ground, the ray over the curved Earth, the first Fresnel zone, the tightest
 * place. Where there is no terrain there is a labelled gap.
 */
export function ProfileChart({ path, isLarge }: { path: RadioPath; isLarge: boolean }) {
  const { box, width } = useWidth(360);
  const id = useId();
  const { profile } = path;
  if (!profile) return <p class="notice notice-info">{t('profile.none')}</p>;
  const frame: Frame = { width, height: isLarge ? 300 : 200, ...margins };
  const drawing = drawProfile(profile, path.worst_clearance, frame);
  return (
    <div class="profile" ref={box}>
      <svg
        width={frame.width}
        height={frame.height}
        viewBox={`0 0 ${frame.width} ${frame.height}`}
        role="img"
        aria-labelledby={`${id}-title ${id}-desc`}
      >
        <title id={`${id}-title`}>{t('profile.title', { cell: path.cell.code })}</title>
        <desc id={`${id}-desc`}>{profileText(path)}</desc>
        <defs>
          <pattern id={`${id}-hatch`} width="7" height="7" patternUnits="userSpaceOnUse">
            <path d="M0 7 7 0" stroke="#8d979e" stroke-width="1" />
          </pattern>
          <clipPath id={`${id}-clip`}>
            <rect
              x={frame.left}
              y={frame.top}
              width={frame.width - frame.left - frame.right}
              height={frame.height - frame.top - frame.bottom}
            />
          </clipPath>
        </defs>
        <Gaps gaps={drawing.gaps} frame={frame} pattern={`${id}-hatch`} />
        <Axes drawing={drawing} frame={frame} />
        <g clip-path={`url(#${id}-clip)`}>
          <path d={drawing.fresnel} class="profile-fresnel" />
          {drawing.terrain.map((d) => (
            <path key={d} d={d} class="profile-ground" />
          ))}
          <path d={drawing.fresnel} class="profile-fresnel-edge" />
          <path d={drawing.ray} class="profile-ray" stroke={planningColours.spot} />
          {drawing.antennas.map(({ x, foot, top }) => (
            <line key={x} x1={x} x2={x} y1={foot} y2={top} class="profile-antenna" />
          ))}
        </g>
        {drawing.worst && <Worst worst={drawing.worst} frame={frame} />}
        <text x={frame.left + 4} y={12} class="profile-end">
          {path.site.code}
        </text>
        <text x={frame.width - frame.right} y={12} text-anchor="end" class="profile-end">
          {t('profile.spot')}
        </text>
      </svg>
    </div>
  );
}

/** What the lines of the drawing mean. */
export function ProfileKey() {
  return (
    <ul class="profile-key">
      <li>
        <svg viewBox="0 0 24 12" aria-hidden="true">
          <path d="M1 12V7l7-4 8 5 7-2v6Z" class="profile-ground" />
        </svg>
        {t('profile.ground')}
      </li>
      <li>
        <svg viewBox="0 0 24 12" aria-hidden="true">
          <path d="M1 3 23 9" class="profile-ray" stroke={planningColours.spot} />
        </svg>
        {t('profile.ray')}
      </li>
      <li>
        <svg viewBox="0 0 24 12" aria-hidden="true">
          <path d="M1 6q11-9 22 0-11 9-22 0Z" class="profile-fresnel" />
          <path d="M1 6q11-9 22 0-11 9-22 0Z" class="profile-fresnel-edge" />
        </svg>
        {t('profile.fresnel')}
      </li>
      <li>
        <svg viewBox="0 0 24 12" aria-hidden="true">
          <rect x="1" y="1" width="22" height="10" fill="#eef2f4" stroke="#8d979e" stroke-dasharray="2 2" />
        </svg>
        {t('profile.gap')}
      </li>
    </ul>
  );
}
