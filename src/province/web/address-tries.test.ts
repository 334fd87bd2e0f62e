import { expect, it } from 'vitest'
import { addressTries, networkOf } from './address-tries.ts'

const started = () => {
  let nowMs = 0
  const tries = addressTries({ clock: () => new Date(nowMs), limit: 3, windowMs: 1_000 })
  return { tries, wait: (ms: number) => (nowMs += ms) }
}

it('stops an address above the limit and no other, until the window is over', () => {
  const { tries, wait } = started()
  expect([1, 2, 3, 4].map(() => tries.begin('192.0.2.1'))).toEqual([true, true, true, false])
  expect(tries.begin('192.0.2.2')).toBe(true)
  wait(999)
  expect(tries.begin('192.0.2.1')).toBe(false)
  wait(1)
  expect(tries.begin('192.0.2.1')).toBe(true)
})

it('is not stretched by a clock that was put back', () => {
  const { tries, wait } = started()
  for (let index = 0; index < 4; index += 1) tries.begin('192.0.2.1')
  wait(-5_000)
  expect(tries.begin('192.0.2.1')).toBe(true)
})

it('takes one right try back and keeps the wrong ones', () => {
  const { tries } = started()
  for (let index = 0; index < 3; index += 1) tries.begin('192.0.2.1')
  tries.takeBack('192.0.2.1')
  expect([tries.begin('192.0.2.1'), tries.begin('192.0.2.1')]).toEqual([true, false])
})

it('counts the addresses of one line of IPv6 as one', () => {
  expect(networkOf('2001:db8:1:2:3:4:5:6')).toBe('2001:db8:1:2::/64')
  expect(networkOf('2001:0DB8:1:2::9')).toBe('2001:db8:1:2::/64')
  expect(networkOf('2001:db8::9')).toBe('2001:db8:0:0::/64')
  expect(networkOf('::1')).toBe('0:0:0:0::/64')
  expect(networkOf('::ffff:192.0.2.1')).toBe('192.0.2.1')
  expect(networkOf('192.0.2.1')).toBe('192.0.2.1')
})

it('holds no more addresses than it says, and forgets the oldest', () => {
  const { tries } = started()
  for (let index = 0; index < 3; index += 1) tries.begin('192.0.2.1')
  for (let index = 0; index < 10_000; index += 1) tries.begin(`10.0.${index >> 8}.${index & 255}`)
  expect(tries.begin('192.0.2.1')).toBe(true)
})
