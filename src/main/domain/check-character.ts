/** Values 0–35 in this order. */
export const checkAlphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'

/**
 * A check character over 0–9 and A–Z that catches every single wrong character, every swap of two
 * neighbours and every swap of two characters with one between, the check character included.
 *
 * ISO 7064 MOD 37,36 has the same alphabet and lets some swaps pass; MOD 37-2 needs a 37th character.
 * Here a character is an element of the ring GF(4) × GF(9) (4 · 9 = 36), and the text is a number in base
 * α = (ω, t), where α, α − 1 and α² − 1 all have inverses: that is why neither kind of slip stays hidden.
 */
export function checkCharacter(body: string): string {
  let sum = 0
  for (const character of body) sum = add(timesAlpha(sum), elementOf(character))
  return checkAlphabet.charAt(negate(timesAlpha(sum)))
}

/** A dash counts as 0: it moves what follows, so that a dash in another place is another text. */
function elementOf(character: string): number {
  if (character === '-') return 0
  const value = checkAlphabet.indexOf(character)
  if (value < 0) throw new RangeError('checkCharacter: not in 0–9, A–Z')
  return value
}

/** An element is `9 · (element of GF(4), two bits) + (element of GF(9), two digits in base 3)`. */
function parts(value: number): readonly [number, number, number] {
  return [Math.floor(value / 9), Math.floor((value % 9) / 3), value % 3]
}

function join(four: number, high: number, low: number): number {
  return four * 9 + (high % 3) * 3 + (low % 3)
}

function add(left: number, right: number): number {
  const [leftFour, leftHigh, leftLow] = parts(left)
  const [rightFour, rightHigh, rightLow] = parts(right)
  return join(leftFour ^ rightFour, leftHigh + rightHigh, leftLow + rightLow)
}

function negate(value: number): number {
  const [four, high, low] = parts(value)
  return join(four, 3 - high, 3 - low)
}

/** GF(4): ω² = ω + 1. GF(9): t² = t + 1. */
function timesAlpha(value: number): number {
  const [four, high, low] = parts(value)
  const one = four >> 1
  const zero = four & 1
  return join(((one ^ zero) << 1) | one, high + low, high)
}
