/*
 * Vietnamese encodings from before Unicode, as they look when their bytes are read as Windows-1252.
 * Sources: TCVN 5712:1993 (VN3, the "ABC" fonts); VNI Windows code page; Windows-1258 (Microsoft code page table).
 */

const TCVN3_FROM = '¡¢£¤¥¦§¨©ª«¬\u00ad®µ¶·¸¹»¼½¾ÆÇÈÉÊËÌÎÏÐÑÒÓÔÕÖ×ØÜÝÞßáâãäåæçèéêëìíîïñòóôõö÷øùúûüýþ';
const TCVN3_TO = 'ĂÂÊÔƠƯĐăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ';

/** TCVN3: one sign for each letter. Tone-marked capitals have none: the capital fonts (.VnTimeH) draw small letters as capitals. */
export const TCVN3: ReadonlyMap<string, string> = pairUp(TCVN3_FROM, TCVN3_TO);

/** VNI signs that stand for a whole letter. */
export const VNI_LETTERS: ReadonlyMap<string, string> = pairUp('ìíæóòôöñîÌÍÆÓÒÔÖÑÎ', 'ìíỉĩịơưđỵÌÍỈĨỊƠƯĐỴ');

/** VNI signs that follow a vowel: combining marks (a shape, a tone, or both). */
export const VNI_MARKS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ù: '\u0301',
    ø: '\u0300',
    û: '\u0309',
    õ: '\u0303',
    ï: '\u0323',
    â: '\u0302',
    á: '\u0302\u0301',
    à: '\u0302\u0300',
    å: '\u0302\u0309',
    ã: '\u0302\u0303',
    ä: '\u0302\u0323',
    ê: '\u0306',
    é: '\u0306\u0301',
    è: '\u0306\u0300',
    ú: '\u0306\u0309',
    ü: '\u0306\u0303',
    ë: '\u0306\u0323',
  }).flatMap(([sign, marks]) => [
    [sign, marks],
    [sign.toUpperCase(), marks],
  ]),
);

/** Windows-1258 where it differs from Windows-1252: five combining tones, six letters and the đồng sign. */
export const CP1258: ReadonlyMap<string, string> = pairUp('ÌÒÞìòÃãÐðÕõÝýþ', '\u0300\u0309\u0303\u0301\u0323ĂăĐđƠơƯư₫');

/** Windows-1252 bytes 0x80–0x9f; the five unassigned ones stay control signs, as browsers and Excel read them. */
export const CP1252_HIGH = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

function pairUp(from: string, to: string): Map<string, string> {
  const targets = [...to];
  return new Map([...from].map((sign, index) => [sign, targets[index] ?? sign]));
}
