import type { CommandArguments } from './control-server.ts'

/** Reads one argument of a control command, or refuses the command in words a tester understands. */
function read<T>(
  args: CommandArguments,
  name: string,
  expected: string,
  accepts: (value: unknown) => value is T,
  fallback: T | undefined,
): T {
  const value = args[name]
  if (value === undefined && fallback !== undefined) return fallback
  if (!accepts(value)) throw new Error(`${name} must be ${expected}`)
  return value
}

export function wholeNumber(args: CommandArguments, name: string, fallback?: number): number {
  const accepts = (value: unknown): value is number =>
    typeof value === 'number' && Number.isInteger(value) && value >= 0
  return read(args, name, 'a whole number', accepts, fallback)
}

export function flag(args: CommandArguments, name: string, fallback?: boolean): boolean {
  const accepts = (value: unknown): value is boolean => typeof value === 'boolean'
  return read(args, name, 'true or false', accepts, fallback)
}

export function words(args: CommandArguments, name: string, fallback?: string): string {
  const accepts = (value: unknown): value is string => typeof value === 'string' && value !== ''
  return read(args, name, 'a text', accepts, fallback)
}

export function oneOf<const T extends string>(
  args: CommandArguments,
  name: string,
  choices: readonly T[],
  fallback?: T,
): T {
  const accepts = (value: unknown): value is T => choices.some((choice) => choice === value)
  return read(args, name, `one of ${choices.join(', ')}`, accepts, fallback)
}
