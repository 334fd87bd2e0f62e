import { expect, it } from 'vitest'
import { nationalStatus, statusFor } from './national-status.ts'
import { dvcqgObjectTypes, igateObjectTypes, objectTypeOf } from './object-type.ts'

it('maps statuses there and back, and knows an unknown one', () => {
  const map = { '3': '11' }
  expect(statusFor(map, 3)).toBe('11')
  expect(statusFor(map, 9)).toBe('9')
  expect(nationalStatus(map, ' 11 ')).toBe(3)
  expect(nationalStatus(map, '3')).toBeUndefined()
  expect(nationalStatus(map, '19')).toBeUndefined()
})

it('gives citizens and organisations the number of each system', () => {
  expect(objectTypeOf(dvcqgObjectTypes, { kind: 'person' })).toBe('1')
  expect(objectTypeOf(igateObjectTypes, { kind: 'person' })).toBe('0')
  expect(objectTypeOf(dvcqgObjectTypes, { kind: 'organisation' })).toBe('2')
  expect(objectTypeOf(igateObjectTypes, { kind: 'organisation' })).toBe('1')
})
