/** One file of an archive. */
export interface TarFile {
  /** Up to 100 ASCII characters. */
  readonly name: string
  readonly content: Uint8Array
}

const blockBytes = 512

/** POSIX ustar (IEEE 1003.1, pax interchange format): regular files, mode 0600. */
export function tar(files: readonly TarFile[], at: Date): Uint8Array {
  const parts = files.flatMap(({ name, content }) => [
    header(name, content.length, at),
    content,
    new Uint8Array((blockBytes - (content.length % blockBytes)) % blockBytes),
  ])
  return Buffer.concat([...parts, new Uint8Array(2 * blockBytes)])
}

function header(name: string, bytes: number, at: Date): Uint8Array {
  if (!/^[\x20-\x7e]{1,100}$/.test(name)) throw new RangeError(`${name} does not fit an archive`)
  const block = Buffer.alloc(blockBytes)
  const octal = (value: number, length: number) =>
    `${value.toString(8).padStart(length - 1, '0')}\0`
  block.write(name, 0, 'ascii')
  block.write(octal(0o600, 8), 100)
  block.write(octal(0, 8), 108)
  block.write(octal(0, 8), 116)
  block.write(octal(bytes, 12), 124)
  block.write(octal(Math.floor(at.getTime() / 1_000), 12), 136)
  block.write('        ', 148)
  block.write('0', 156)
  block.write('ustar\u000000', 257)
  const sum = block.reduce((total, byte) => total + byte, 0)
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
  return block
}
