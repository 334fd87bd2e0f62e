const secretNames = /token|pin|hash|secret|key(s|Id)?$|password|phone|recipient/i

/** A configuration as a stranger may see it: secrets and people's numbers are replaced, all else stays. */
export function withoutSecrets(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutSecrets)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) =>
      secretNames.test(name) ? [name, '(removed)'] : [name, withoutSecrets(inner)],
    ),
  )
}
