import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Run } from '../../../shared/records/block.ts';
import { Runs } from './Runs.tsx';
import type { Table } from './table-fit.ts';
import { fitsSideBySide } from './table-fit.ts';

/** A table side by side where it fits, else one labelled block a row: nothing moves sideways. */
export function TableBlock({ table }: { readonly table: Table }) {
  const place = useRef<HTMLDivElement>(null);
  const [widthEm, setWidthEm] = useState(Infinity);
  useLayoutEffect(() => {
    const element = place.current;
    if (element === null) return;
    const measure = () => {
      const em = Number.parseFloat(getComputedStyle(element).fontSize);
      setWidthEm(element.clientWidth / em);
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    // An element as tall as one character: type that grows shows even where the column does not.
    const probe = element.firstElementChild;
    if (probe !== null) observer.observe(probe);
    return () => observer.disconnect();
  }, []);
  return (
    <div class="block-table" ref={place}>
      <span class="block-em" aria-hidden="true" />
      {fitsSideBySide(table, widthEm) ? <SideBySide table={table} /> : <Stacked table={table} />}
    </div>
  );
}

function SideBySide({ table }: { readonly table: Table }) {
  const head = headOf(table);
  const body = head === undefined ? table.rows : table.rows.slice(1);
  return (
    <table>
      {head !== undefined && (
        <thead>
          <tr>
            {head.map(({ runs }, index) => (
              <th key={index} scope="col">
                <Runs runs={runs} />
              </th>
            ))}
          </tr>
        </thead>
      )}
      <tbody>
        {body.map((row, index) => (
          <tr key={index}>
            {row.map((cell, column) =>
              cell.header ? (
                <th key={column} scope="row">
                  <Runs runs={cell.runs} />
                </th>
              ) : (
                <td key={column}>
                  <Runs runs={cell.runs} />
                </td>
              ),
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Stacked({ table }: { readonly table: Table }) {
  const head = headOf(table);
  const body = head === undefined ? table.rows : table.rows.slice(1);
  return (
    <ul class="block-records">
      {body.map((row, index) => (
        <li key={index}>
          {row.map((cell, column) => (
            <Labelled key={column} label={head?.[column]?.runs} runs={cell.runs} />
          ))}
        </li>
      ))}
    </ul>
  );
}

function Labelled({
  label,
  runs,
}: {
  readonly label: readonly Run[] | undefined;
  readonly runs: readonly Run[];
}) {
  if (runs.every(({ text }) => text.trim() === '')) return null;
  return (
    <p>
      {label !== undefined && (
        <span class="block-label">
          <Runs runs={label} />
        </span>
      )}
      <span>
        <Runs runs={runs} />
      </span>
    </p>
  );
}

function headOf({ rows }: Table): Table['rows'][number] | undefined {
  const [first] = rows;
  return rows.length > 1 && first?.every(({ header }) => header) === true ? first : undefined;
}
