/** The files of a drop or a paste: folders are looked into, and what a system leaves there is left out. */

/** More than a job can hold, and enough to say so. */
const most = 100;
const leftovers = /^(?:\.|~\$|(?:thumbs\.db|desktop\.ini)$)/i;

/** Called at once: what is dragged may only be asked for in its event. */
export function droppedFiles(transfer: DataTransfer): Promise<readonly File[]> {
  const entries = [...transfer.items]
    .filter(({ kind }) => kind === 'file')
    .map((item) => item.webkitGetAsEntry());
  const files = [...transfer.files];
  // Files made by a program have no entry; then there are no folders either.
  if (entries.every((entry) => entry?.isDirectory !== true)) return Promise.resolve(files);
  return allFiles(entries.filter((entry) => entry !== null));
}

async function allFiles(entries: readonly FileSystemEntry[]): Promise<readonly File[]> {
  const found: File[] = [];
  const open = [...entries].sort(byName).reverse();
  for (let entry = open.pop(); entry !== undefined && found.length < most; entry = open.pop()) {
    if (leftovers.test(entry.name)) continue;
    if (entry.isDirectory) {
      const inside = await childrenOf(entry as FileSystemDirectoryEntry);
      open.push(...[...inside].sort(byName).reverse());
    } else {
      const file = await fileOf(entry as FileSystemFileEntry);
      if (file !== null) found.push(file);
    }
  }
  return found;
}

function byName(one: FileSystemEntry, other: FileSystemEntry): number {
  return one.name.localeCompare(other.name, 'nb', { numeric: true });
}

/** A reader gives some at a time, until it gives none. */
async function childrenOf(folder: FileSystemDirectoryEntry): Promise<readonly FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<readonly FileSystemEntry[]>((resolve) => {
      // A folder that may not be read is as an empty one.
      reader.readEntries(resolve, () => {
        resolve([]);
      });
    });
    if (some.length === 0 || all.length > 10 * most) return all;
    all.push(...some);
  }
}

function fileOf(entry: FileSystemFileEntry): Promise<File | null> {
  return new Promise((resolve) => {
    entry.file(resolve, () => {
      resolve(null);
    });
  });
}

/** A picture from the clipboard is called "image.png" by every browser: `name` says what it is. */
export function pastedFiles(data: DataTransfer | null, name: string): readonly File[] {
  return [...(data?.files ?? [])].map((file) =>
    /^image\.(?:png|jpe?g)$/i.test(file.name)
      ? new File([file], `${name}${file.name.slice(file.name.lastIndexOf('.'))}`, {
          type: file.type,
        })
      : file,
  );
}
