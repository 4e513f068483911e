// Text for the content of an XML 1.0 element. https://www.w3.org/TR/xml/#charsets

// Besides markup, the carriage return, which parsers would turn into a line feed (§2.11), and what no XML document may
// hold, not even escaped: control characters, the two noncharacters, halves of surrogate pairs.
const SPECIAL = /[\0-\x08\x0b-\x1f&<>\ud800-\udfff\ufffe\uffff]/
const REPLACED = /[\0-\x08\x0b-\x1f&<>\ufffe\uffff]/g

const REFERENCES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '\r': '&#xD;',
}

/** Characters that XML forbids become U+FFFD. */
export function escapeXml(text: string): string {
  if (!SPECIAL.test(text)) return text
  return text.toWellFormed().replace(REPLACED, character => REFERENCES[character] ?? '\ufffd')
}
