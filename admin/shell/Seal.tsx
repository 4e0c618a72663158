/** The mark of the product: a square seal (印) around a screen and its stand. */
export function Seal() {
  return (
    <svg class="seal" viewBox="0 0 40 40" aria-hidden="true">
      <rect x="1" y="1" width="38" height="38" rx="6" class="seal-ground" />
      <path class="seal-line" d="M9 11h22v14H9z M20 25v6 M13 31h14 M14 16h12 M14 20h7" />
    </svg>
  );
}
