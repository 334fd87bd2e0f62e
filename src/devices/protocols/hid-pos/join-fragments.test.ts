import { expect, test } from 'vitest'
import { createJoiner, type JoinResult } from './join-fragments.ts'
import type { Fragment } from './read-fragment.ts'

const encode = (text: string) => new TextEncoder().encode(text)
const part = (text: string, continued: boolean, aimId = ']Q1'): Fragment => ({
  aimId,
  data: encode(text),
  continued,
})
const code = (text: string): JoinResult => ({
  result: 'code',
  code: { bytes: encode(text), aimId: ']Q1' },
})
const dropped = (reason: string, lengthBytes: number) => ({
  result: 'dropped',
  reason,
  lengthBytes,
})

test('bytes are joined over continued reports', () => {
  const joiner = createJoiner()
  expect(joiner.push(part('first ', true), 0)).toEqual([])
  expect(joiner.push(part('second ', true), 8)).toEqual([])
  expect(joiner.push(part('third', false), 16)).toEqual([code('first second third')])
  expect(joiner.push(part('next', false), 20)).toEqual([code('next')])
})

test('a code that fills its reports exactly may end with an empty one', () => {
  const joiner = createJoiner()
  joiner.push(part('full', true), 0)
  expect(joiner.push(part('', false), 2)).toEqual([code('full')])
  expect(joiner.push(part('', false), 100)).toEqual([dropped('empty', 0)])
})

test('half a code is never completed by the next one, nor is its late rest taken for a code', () => {
  const joiner = createJoiner()
  joiner.push(part('half of one card|', true), 0)
  expect(joiner.push(part('another card', false), 50)).toEqual([
    dropped('halfCode', 17),
    dropped('doubtful', 12),
  ])
  expect(joiner.push(part('another card', false), 600)).toEqual([code('another card')])
})

test('a doubtful code is dropped up to its last report', () => {
  const joiner = createJoiner()
  joiner.push(part('half', true), 0)
  expect(joiner.push(part('new', true), 500)).toEqual([dropped('halfCode', 4)])
  expect(joiner.push(part(' code', false), 505)).toEqual([dropped('doubtful', 8)])
  expect(joiner.push(part('fine', false), 510)).toEqual([code('fine')])
})

test('long after half a code a new one is taken', () => {
  const joiner = createJoiner()
  joiner.push(part('half', true), 0)
  expect(joiner.push(part('whole', false), 1001)).toEqual([dropped('halfCode', 4), code('whole')])
})

test('half a code repeated gives no reading and does not grow', () => {
  const joiner = createJoiner()
  const results: JoinResult[] = []
  for (let scan = 0; scan < 500; scan++) results.push(...joiner.push(part('half', true), scan * 50))
  expect(results.every(({ result }) => result === 'dropped')).toBe(true)
  expect(joiner.push(part('whole', false), 60_000)).toContainEqual(code('whole'))
})

test('half a code repeated without a pause is dropped as a whole once it is too long', () => {
  const joiner = createJoiner({ maximumBytes: 20 })
  for (let scan = 0; scan < 50; scan++) expect(joiner.push(part('half', true), scan)).toEqual([])
  expect(joiner.push(part('end', false), 50)).toEqual([dropped('tooLong', 203)])
})

test('the longest QR code passes, one byte more does not', () => {
  const joiner = createJoiner()
  expect(joiner.push(part('x'.repeat(2953), false), 0)[0]?.result).toBe('code')
  expect(joiner.push(part('x'.repeat(2954), false), 50)).toEqual([dropped('tooLong', 2954)])
})

test('the symbology cannot change within a code', () => {
  const joiner = createJoiner()
  joiner.push(part('QR', true), 0)
  expect(joiner.push(part('128', false, ']C0'), 5)).toEqual([dropped('mixed', 5)])
})

test('an abandoned code is dropped with its rest', () => {
  const joiner = createJoiner()
  joiner.push(part('sent before anyone listened, ', true), 0)
  joiner.abandon()
  expect(joiner.push(part('its rest', false), 5)).toEqual([dropped('halfCode', 37)])
  joiner.abandon()
  expect(joiner.push(part('whole', false), 10)).toEqual([code('whole')])
})
