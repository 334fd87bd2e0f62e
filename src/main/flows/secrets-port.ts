/** Keyed hashes and randomness. The keys stay with who implements it. */
export interface SecretsPort {
  /** HMAC of an ID number: equal for the same person on this machine, meaningless elsewhere. */
  personHash(idNumber: string): string
  /** HMAC of a phone number: equal for the same number on this machine, meaningless elsewhere. */
  phoneHash(phone: string): string
  /** HMAC of a collection code or one-time QR. */
  rightHash(text: string): string
  /** HMAC of the secret chosen by an applicant without a phone, bound to the dossier. */
  secretHash(intakeId: string, secret: string): string
  randomDigits(length: number): string
  /** 128 random bits. */
  randomBytes16(): Uint8Array
  newId(): string
}

export interface SealPort {
  /** To the province's public key (age): base64. The machine cannot read it again. */
  seal(plaintext: string): Promise<string>
  /** SHA-256 hex. */
  contentHash(plaintext: string): string
  /** 16 random bytes, base64. */
  salt(): string
}

export interface PhoneCodePort {
  /** `offline` when the province did not take the SMS in time. */
  send(phone: string, code: string, language: 'vi' | 'en' | 'km'): Promise<'sent' | 'offline'>
}
