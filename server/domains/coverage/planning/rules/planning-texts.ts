/** What planning says of the values it took, in both languages. `no` is the number of the change in the request, from 1. */
import type { Translated } from '../../../../platform/language.ts';
import type { Environment } from '../../rules/path-loss.ts';

const both = (vi: string, en: string): Translated => ({ vi, en });
const environmentVi: Record<Environment, string> = {
  urban: 'đô thị',
  suburban: 'ngoại ô',
  rural: 'nông thôn',
  open: 'đất trống',
};

/** Numbers as readers of each language write them. */
const number = { vi: new Intl.NumberFormat('vi-VN'), en: new Intl.NumberFormat('en-GB') };

export const text = {
  heightDefault: (no: number, height: number, ofMast: boolean) =>
    ofMast
      ? both(
          `Thay đổi ${no}: chiều cao ăng ten lấy bằng chiều cao cột, ${number.vi.format(height)} m.`,
          `Change ${no}: the antenna height is that of the mast, ${number.en.format(height)} m.`,
        )
      : both(
          `Thay đổi ${no}: chiều cao ăng ten lấy mặc định ${number.vi.format(height)} m.`,
          `Change ${no}: the antenna height is the default, ${number.en.format(height)} m.`,
        ),
  bandDefault: (no: number, band: number) =>
    both(
      `Thay đổi ${no}: băng tần lấy mặc định ${number.vi.format(band)} MHz.`,
      `Change ${no}: the band is the technology’s default, ${number.en.format(band)} MHz.`,
    ),
  eirpDefault: (no: number, eirp: number) =>
    both(
      `Thay đổi ${no}: EIRP lấy mặc định ${number.vi.format(eirp)} dBm.`,
      `Change ${no}: the EIRP is the technology’s default, ${number.en.format(eirp)} dBm.`,
    ),
  azimuthDefault: (no: number) =>
    both(
      `Thay đổi ${no}: ba sector 0°, 120°, 240°, độ rộng búp sóng mặc định.`,
      `Change ${no}: three sectors at 0°, 120° and 240°, of the default beamwidth.`,
    ),
  surroundings: (no: number, environment: Environment, code: string | null) =>
    code === null
      ? both(
          `Thay đổi ${no}: môi trường lấy là nông thôn vì gần đó không có vị trí trạm.`,
          `Change ${no}: the environment is taken as rural, there is no site near.`,
        )
      : both(
          `Thay đổi ${no}: môi trường ${environmentVi[environment]}, như vị trí trạm gần nhất ${code}.`,
          `Change ${no}: the environment is ${environment}, as at the nearest site ${code}.`,
        ),
  alreadyThere: (no: number, code: string, technology: string) =>
    both(
      `Thay đổi ${no}: tại ${code} đã có cell ${technology}; cell mới được thêm bên cạnh.`,
      `Change ${no}: there are ${technology} cells at ${code} already; the new ones are beside them.`,
    ),
  nothingThere: (no: number, code: string, technology: string) =>
    both(
      `Thay đổi ${no}: tại ${code} không có cell ${technology} để thay đổi.`,
      `Change ${no}: there is no ${technology} cell at ${code} to change.`,
    ),
  doubtfulSite: (no: number, code: string) =>
    both(
      `Thay đổi ${no}: vị trí của ${code} chưa tin cậy nên không được tính là phủ sóng.`,
      `Change ${no}: the position of ${code} is not trusted, so what stands there counts as covering nothing.`,
    ),
  doubtfulMove: (no: number, code: string) =>
    both(
      `Thay đổi ${no}: vị trí của ${code} chưa tin cậy; vị trí mới được coi là đúng.`,
      `Change ${no}: the position of ${code} was not trusted; the new one is taken as right.`,
    ),
  aboveMast: (no: number, code: string, mast: number) =>
    both(
      `Thay đổi ${no}: cao hơn cột của ${code} (${number.vi.format(mast)} m).`,
      `Change ${no}: higher than the mast of ${code} (${number.en.format(mast)} m).`,
    ),
  change: (no: number) => both(`Thay đổi ${no}`, `Change ${no}`),
  suggestion: (rank: number) => both(`Đề xuất ${rank}`, `Suggestion ${rank}`),
  noGround: (of: Translated) =>
    both(
      `${of.vi}: không biết độ cao mặt đất tại đó; vùng phủ có thể rộng hơn thực tế.`,
      `${of.en}: the height of the ground there is not known; what it covers may be overstated.`,
    ),
  littleGround: (of: Translated, pct: number) =>
    both(
      `${of.vi}: không biết độ cao mặt đất trên ${number.vi.format(pct)} % diện tích trong tầm; vùng phủ có thể rộng hơn thực tế.`,
      `${of.en}: the height of the ground is not known for ${number.en.format(pct)} % of the area in reach; what it covers may be overstated.`,
    ),
  unknownCommunes: (communes: number) =>
    both(
      `${communes} xã chưa rõ cả trước và sau (thiếu dân số, ranh giới hoặc có trạm chưa tin cậy) không nằm trong tổng nào.`,
      `${communes} communes are unknown before and after (no population or boundary, or a doubtful site) and in no sum.`,
    ),
  stillUnknown: (names: Translated) =>
    both(
      `Không tính vào chênh lệch vì xã chưa rõ cả trước và sau: ${names.vi}.`,
      `Not in the change, since these communes are unknown before and after: ${names.en}.`,
    ),
  becomeUnknown: (names: Translated) =>
    both(
      `Trở thành chưa rõ: ${names.vi}. Phần chắc chắn được phủ không còn đủ, phần còn lại có thể trong tầm một trạm chưa tin cậy. Có trong tổng trước, không có trong tổng sau, không tính vào chênh lệch.`,
      `Become unknown: ${names.en}. Too little is covered for certain, and a doubtful site might reach the rest. In the sums of before, not in those of after, and not in the change.`,
    ),
  becomeKnown: (names: Translated) =>
    both(
      `Trở thành đã rõ: ${names.vi}. Có trong tổng sau, không có trong tổng trước, không tính vào chênh lệch.`,
      `Become known: ${names.en}. In the sums of after, not in those of before, and not in the change.`,
    ),
  /** What of a commune is certain, whatever its status: nobody must look for it in a sum. */
  certainPeople: (name: string, before: number, after: number) =>
    both(
      `${name}, chắc chắn được phủ ${number.vi.format(before)} → ${number.vi.format(after)} người`,
      `${name}, people covered for certain ${number.en.format(before)} → ${number.en.format(after)}`,
    ),
  andMore: (names: Translated, more: number) =>
    both(`${names.vi}; và ${more} xã khác`, `${names.en}; and ${more} more`),
  computedNow: (seconds: number) =>
    both(
      `Mức thu được tính lại từ dữ liệu hiện tại vì chưa có lần tính vùng phủ cho ngày này (${seconds} giây, chỉ lần đầu).`,
      `Levels were computed from the present inventory, as no current coverage run serves this day (${seconds} s, the first time only).`,
    ),
};
