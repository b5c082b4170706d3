/* The GLE update of both arrays in C: w <- w + eta*e*r, rounded half up and held.
 *
 * The unit's windows are memory: row registers and codes are signed fractions with 15 bits. The
 * apical array learns a step after the somatic one, with the core's own rates of two steps before,
 * so that both ends of a connection form the same product.
 */
#include <stdint.h>

#define COLUMNS 256
#define W_SOMA ((volatile int16_t *)0x40000000)
#define W_APIC ((volatile int16_t *)0x41000000)
#define X_SOMA ((volatile int16_t *)0x48000000)
#define X_APIC ((volatile int16_t *)0x48010000)
#define SENT_R ((volatile int16_t *)0x50040000)
#define SENT_E ((volatile int16_t *)0x50050000)
#define LEARNS (*(volatile int32_t *)(0x70010000 + 4 * 33))

/* 0.05 with 15 fractional bits. */
#define ETA 1638
/* Rows and columns that the network's cores use at most. */
#define ROWS 32
#define USED 32

static int16_t past[2][USED];

static int32_t half_up(int32_t product) { return (product + (1 << 14)) >> 15; }

static int16_t held(int32_t value) {
  if (value > 32767) return 32767;
  if (value < -32768) return -32768;
  return (int16_t)value;
}

static void learn(volatile int16_t *w, volatile int16_t *x, const volatile int16_t *own) {
  for (int row = 0; row < ROWS; row++) {
    int32_t code = x[row];
    if (code == 0) continue;
    for (int column = 0; column < USED; column++) {
      volatile int16_t *at = w + row * COLUMNS + column;
      *at = held(*at + half_up(half_up(ETA * own[column]) * code));
    }
  }
}

/* One step; `owed` says whether the somatic array learnt in the step before. */
static int step(int owed) {
  int learns = LEARNS;
  if (owed) learn(W_APIC, X_APIC, past[1]);
  if (learns) learn(W_SOMA, X_SOMA, SENT_E);
  for (int column = 0; column < USED; column++) {
    past[1][column] = past[0][column];
    past[0][column] = SENT_R[column];
  }
  return learns;
}

void main(void) {
  int owed = 0;
  for (;;) {
    /* Sleep until the step begins, and clear its bit. */
    __asm__ volatile("wfi\n\tcsrc mip, %0" ::"r"(1 << 16) : "memory");
    owed = step(owed);
  }
}

__attribute__((naked, section(".start"))) void _start(void) {
  __asm__ volatile(
      "lui sp, 0x10010\n\t"
      "lui t0, 0x10\n\t"
      "csrw mie, t0\n\t"
      "j main");
}
