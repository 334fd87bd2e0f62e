/** What the configuration asks for and cannot be had. The message begins with the key. */
export class ConfigRefusal extends Error {}
