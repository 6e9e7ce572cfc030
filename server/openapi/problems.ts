/** Error answers by name; each is a component of the document. */
export const PROBLEMS = {
  BadRequest: {
    status: 400,
    about: 'An unknown parameter or a bad value; `errors` names every one / Tham số không biết hoặc giá trị sai',
  },
  NotSignedIn: { status: 401, about: 'The header Authorization is missing / Thiếu tiêu đề Authorization' },
  NotAllowed: {
    status: 403,
    about: 'Editing is switched off here, or the token is wrong / Chức năng sửa đang tắt hoặc mã không đúng',
  },
  NotFound: { status: 404, about: 'What the address or the filter names is not there / Không có đối tượng được nêu' },
  MethodNotAllowed: { status: 405, about: 'This can only be read / Chỉ được đọc' },
  NotNow: {
    status: 409,
    about: 'It is being done just now, or there is nothing to do it with / Đang thực hiện hoặc chưa có dữ liệu',
  },
  Conflict: { status: 409, about: 'The state of the thing does not allow it / Trạng thái hiện tại không cho phép' },
  VersionChanged: {
    status: 412,
    about: 'Somebody else changed the thing meanwhile: load it again / Dữ liệu đã bị người khác thay đổi',
  },
  TooLarge: { status: 413, about: 'The body is larger than 256 kB / Nội dung gửi lên quá lớn' },
  VersionRequired: { status: 428, about: 'An edit needs If-Match with the version seen / Cần tiêu đề If-Match' },
  TooManyRequests: {
    status: 429,
    about: 'More requests a minute from one address than RATE_LIMIT allows / Quá nhiều yêu cầu trong một phút',
  },
  Unavailable: {
    status: 503,
    about: 'The database is away; Retry-After says when to ask again / Cơ sở dữ liệu tạm thời không truy cập được',
  },
} as const;
export type ProblemName = keyof typeof PROBLEMS;

/** What every question to /api/v1 may be answered with. */
export const ASKING = ['BadRequest', 'TooManyRequests', 'Unavailable'] as const satisfies readonly ProblemName[];
/** The same for questions that name a district, commune, operator or id. */
export const NAMING = [...ASKING, 'NotFound'] as const satisfies readonly ProblemName[];
