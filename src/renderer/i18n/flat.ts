interface Node {
  readonly [key: string]: Node | string
}

/** A catalogue as `group.key` → text. */
export function flat(node: Node, path = ''): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(node).flatMap(([key, value]) =>
      typeof value === 'string'
        ? [[path + key, value]]
        : Object.entries(flat(value, `${path}${key}.`)),
    ),
  )
}
