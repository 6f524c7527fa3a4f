/** Which files the export writes: read as the draft has them, one format in or out. Pure. */

/** @param preset what stands for a list that was left out */
export function formatsOf(value: unknown, preset: unknown): readonly string[] {
  const list = value ?? preset;
  return Array.isArray(list) ? list.filter((one): one is string => typeof one === 'string') : [];
}

/** In the order of the formats there are. */
export function withFormat(
  chosen: readonly string[],
  id: string,
  isOn: boolean,
  all: readonly string[],
): readonly string[] {
  return all.filter((one) => (one === id ? isOn : chosen.includes(one)));
}
