/** `Nguyễn Văn An` → `NGUYỄN V* A*`: enough for its owner to know it, too little for who stands behind. */
export function maskName(name: string): string {
  const [family = '', ...given] = name
    .normalize('NFC')
    .toLocaleUpperCase('vi')
    .split(/\s+/)
    .filter((word) => word !== '')
  if (family === '') return ''
  return given.length === 0 ? initial(family) : [family, ...given.map(initial)].join(' ')
}

function initial(word: string): string {
  return `${[...word][0] ?? ''}*`
}

/** `092012342345` → `092*****2345`; shorter numbers show less, four characters or fewer show nothing. */
export function maskIdNumber(idNumber: string): string {
  if (idNumber.length >= 10) return masked(idNumber, 3, 4)
  return idNumber.length > 4 ? masked(idNumber, 1, 2) : '*'.repeat(idNumber.length)
}

/** `0912345678` → `091****678`. */
export function maskPhone(phone: string): string {
  return phone.length >= 9 ? masked(phone, 3, 3) : '*'.repeat(phone.length)
}

function masked(text: string, head: number, tail: number): string {
  return text.slice(0, head) + '*'.repeat(text.length - head - tail) + text.slice(-tail)
}
