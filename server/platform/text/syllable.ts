/** Rhymes of Vietnamese without tones; the list of the spelling dictionaries (Hoàng Phê, Từ điển vần). */
const RHYMES = `
a ac ach ai am an ang anh ao ap at au ay ă ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
e ec em en eng eo ep et ê êch êm ên ênh êp êt êu i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu
o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong ooc oong op ot
ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt u ua uân uâng uât uây uc uê uêch uên uênh ui um un ung uôc uôi uôm uôn uông
uôt up ut uơ uy uya uych uyên uyêt uyn uynh uyp uyt uyu ư ưa ưc ưi ưm ưn ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu
y yêm yên yêng yêt yêu ynh yt`
  .trim()
  .split(/\s+/);

const ONSETS = ['ngh', 'ng', 'nh', 'ch', 'gh', 'gi', 'kh', 'ph', 'qu', 'th', 'tr', ...'bcdđghklmnpqrstvx'];

const rhymes = new Set(RHYMES);
const TONES = /[\u0300\u0309\u0303\u0301\u0323]/g;
const STOPPED = /(c|ch|p|t)$/;

/**
 * Whether a word is spelled as a Vietnamese syllable: known onset and rhyme, at most one tone, and only sắc or nặng
 * before c, ch, p, t. Case does not matter. Used to tell which legacy encoding a column has.
 */
export function isVietnameseSyllable(word: string): boolean {
  const decomposed = word.toLowerCase().normalize('NFD');
  const tones = decomposed.match(TONES) ?? [];
  if (tones.length > 1) return false;
  const plain = decomposed.replace(TONES, '').normalize('NFC');
  if (STOPPED.test(plain) && tones.length === 1 && !/[\u0301\u0323]/.test(tones[0] ?? '')) return false;
  return rhymes.has(plain) || ONSETS.some((onset) => plain.startsWith(onset) && hasRhyme(plain, onset));
}

function hasRhyme(plain: string, onset: string): boolean {
  const rest = plain.slice(onset.length);
  if (onset === 'gi' && rest === '') return true;
  return rhymes.has(rest);
}
