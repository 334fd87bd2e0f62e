import { expect, test } from 'vitest'
import { decodePayload } from './decode-payload.ts'

const utf8 = (text: string) => new TextEncoder().encode(text)

test('UTF-8 in NFC, without byte order mark and line end', () => {
  expect(decodePayload(utf8('Nguyễn Văn Thử'.normalize('NFD')))).toBe('Nguyễn Văn Thử')
  expect(decodePayload(utf8('\ufeff012|Đỗ Thị Mẫu\r\n'))).toBe('012|Đỗ Thị Mẫu')
})

test('windows-1258 with its combining marks when it is not UTF-8', () => {
  // "Việt Đức": ê 0xEA + combining dot below 0xF2, Đ 0xD0, ư 0xFD + combining acute 0xEC.
  const bytes = [0x56, 0x69, 0xea, 0xf2, 0x74, 0x20, 0xd0, 0xfd, 0xec, 0x63]
  expect(decodePayload(Uint8Array.from(bytes))).toBe('Việt Đức')
})

test('control characters are data', () => {
  expect(decodePayload(utf8('a\u000f\u0012\u001b\u0000b'))).toBe('a\u000f\u0012\u001b\u0000b')
})

test('bytes that are text in neither encoding have no text', () => {
  expect(decodePayload(Uint8Array.of(0xff, 0x00, 0xfe))).toBeUndefined()
  expect(decodePayload(Uint8Array.of(0x41, 0x81))).toBeUndefined()
})
