/* call MEMORY BASE ARGUMENT ...: call the kernel on this memory, and write the memory back. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>

typedef int64_t n;
/* Two places for what comes back, two bundles, arrays of 2, 1, 1 and 4 axes. */
extern int32_t run_batch(n, n, n, n, n, n, n, n, n, n, n, n, n, n, n, n, n, n, n, n,
                         n, n, n, n, n, n, n, n, n, n, n, n, n, n, n, n, n, n, n, n);

int main(int count, char **given) {
  if (count != 43) return 3;
  FILE *file = fopen(given[1], "r+b");
  if (!file || fseek(file, 0, SEEK_END)) return 4;
  size_t size = (size_t)ftell(file);
  rewind(file);
  void *base = (void *)strtoull(given[2], NULL, 10);
  char *memory = mmap(base, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
  if (memory != base || fread(memory, 1, size, file) != size) return 5;
  n a[40];
  for (int k = 0; k < 40; k++) a[k] = strtoll(given[3 + k], NULL, 10);
  int status = run_batch(a[0], a[1], a[2], a[3], a[4], a[5], a[6], a[7], a[8], a[9],
                         a[10], a[11], a[12], a[13], a[14], a[15], a[16], a[17], a[18], a[19],
                         a[20], a[21], a[22], a[23], a[24], a[25], a[26], a[27], a[28], a[29],
                         a[30], a[31], a[32], a[33], a[34], a[35], a[36], a[37], a[38], a[39]);
  if (status) return 6;
  rewind(file);
  return fwrite(memory, 1, size, file) == size && fclose(file) == 0 ? 0 : 7;
}
