// Untrusted text for one line: names, labels, messages of platforms. The browser shows it as text whatever it holds;
// characters that are invisible, break lines or reorder what is around them are shown as their numbers.

const ODD = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028\u2029\u202a-\u202e\u2060-\u2069\ufeff]/g;

/** `a\u202eb` for a text with a right-to-left override. */
export function shownText(text: string): string {
  return text.replace(ODD, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
