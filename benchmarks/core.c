/* Which organisation each practice prefers: the rules of benchmarks/core.py as plain C, for the
   same bits. rows.h is written from the records: each row in one piece, as structs are. */
#include <math.h>
#include <stdint.h>
#include <string.h>

#include "rows.h"

#define KNOWN 8

struct logs { const double *inverse, *high, *low; };

static double draw(int64_t seed, int64_t stream, int64_t agent, int64_t other, int64_t tick) {
  uint64_t x = (uint64_t)seed * 0x9E3779B97F4A7C15u + (uint64_t)stream * 0xD1B54A32D192ED03u
      + (uint64_t)agent * 0xABC98388FB8FAC03u + (uint64_t)other * 0x8CB92BA72F3D8DD7u
      + (uint64_t)tick * 0xF1357AEA2E62A9C5u;
  for (int k = 0; k < 2; k++) {
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9u;
    x = (x ^ (x >> 27)) * 0x94D049BB133111EBu;
    x = x ^ (x >> 31);
  }
  return ((double)(x >> 12) + 0.5) * 0x1p-52;
}

static int64_t bits_of(double value) { int64_t bits; memcpy(&bits, &value, 8); return bits; }
static double float_of(int64_t bits) { double value; memcpy(&value, &bits, 8); return value; }

/* Of a normal number: both callers keep theirs within the range. */
static double natural_log(double value, const struct logs *table) {
  const int64_t offset = 0x3FE6000000000000 - ((int64_t)1 << 44);
  int64_t bits = bits_of(value), above = bits - offset;
  int64_t i = (above >> 45) & 127;
  double power = (double)(above >> 52);
  bits -= (above >> 52) * ((int64_t)1 << 52);
  double front = float_of((bits >> 27) * ((int64_t)1 << 27));
  double ahead = front * table->inverse[i] - 1.0;
  double behind = (float_of(bits) - front) * table->inverse[i];
  double r = ahead + behind, left = (ahead - r) + behind;
  double high = power * LN2_HIGH + table->high[i], total = high + r;
  double low = ((high - total) + r) + (power * LN2_LOW + (table->low[i] + left));
  double square = r * r;
  double p = 1.0 / 3.0 + r * -0.25 + square * ((0.2 + r * (-1.0 / 6.0)) + square * (1.0 / 7.0));
  return (low + square * (-0.5 + r * p)) + total;
}

static double safe_log(double value, const struct logs *table) {
  return natural_log(value < 2.3e-308 ? 2.3e-308 : value > 1.7e308 ? 1.7e308 : value, table);
}

static double gumbel(double lot, const struct logs *table) {
  return -safe_log(-safe_log(lot, table), table);
}

static double distance(double x1, double y1, double x2, double y2) {
  return sqrt((x1 - x2) * (x1 - x2) + (y1 - y2) * (y1 - y2));
}

struct choice { double value; int64_t cause; };

static void heavier(double weight, int64_t other, double *most, int64_t *cause) {
  if (weight > *most) { *most = weight; *cause = other; }
}

static struct choice value_membership(const struct practice *p, const struct organisation *o,
                                      const struct contact *c, const struct params *by) {
  double relief = by->choice_relief * o->quality * sqrt(o->engagement);
  double own = by->choice_member_hours * by->supply_wage;
  double worth = (double)p->patients * (relief + o->margin) - own;
  double money = by->choice_money * worth / 1000.0;
  double quality = by->choice_quality * o->engagement * o->quality;
  double held = p->salaried ? p->autonomy * by->centre_employed : p->autonomy;
  double autonomy = -by->choice_autonomy * held * (1.0 - o->say);
  double far = -by->choice_distance * distance(p->x, p->y, o->x, o->y);
  double neighbours = by->choice_conformity * (c->neighbours - 0.5);
  double trust = by->choice_trust * (c->trust - 0.5);
  double pressure = by->choice_pressure * c->pressure;
  double crisis = by->choice_crisis * c->crisis;
  double place = -by->choice_place * c->behind;
  double total = money + quality + autonomy + far + neighbours + trust + pressure;
  total = total - c->switching + c->taste + crisis + place;
  double most = fabs(money);
  int64_t cause = MONEY;
  heavier(fabs(quality), COVERAGE, &most, &cause);
  heavier(fabs(autonomy), AUTONOMY, &most, &cause);
  heavier(fabs(far), DISTANCE, &most, &cause);
  heavier(fabs(neighbours), NEIGHBOURS, &most, &cause);
  heavier(fabs(trust), TRUST, &most, &cause);
  heavier(fabs(pressure), PRESSURE, &most, &cause);
  heavier(crisis, CRISIS, &most, &cause);
  heavier(fabs(c->switching), SWITCHING, &most, &cause);
  heavier(fabs(c->taste), TASTE, &most, &cause);
  heavier(fabs(place), PLACE, &most, &cause);
  return (struct choice){total, cause};
}

void choose_all(const struct practice *practices, const struct organisation *organisations,
                const struct contact *contacts, const struct params *by,
                const struct logs *table, int64_t count, int64_t ticks, int64_t seed,
                double *highest, int64_t *best, int64_t *why) {
  for (int64_t tick = 0; tick < ticks; tick++)
    for (int64_t i = 0; i < count; i++) {
      const struct practice *p = &practices[i];
      if (!p->alive) continue;
      double top = by->choice_noise * gumbel(draw(seed, STREAM, p->id, 0, tick), table);
      int64_t preferred = NONE, cause = NOISE;
      if (p->organisation != NONE) top -= by->choice_switching;
      for (int k = 0; k < KNOWN; k++) {
        int64_t row = p->counterpart[k];
        if (row == NONE) continue;
        const struct organisation *o = &organisations[row];
        if (!o->alive || distance(p->x, p->y, o->x, o->y) > by->choice_vision) continue;
        if (o->entrant || (o->closed && row != p->organisation)) continue;
        struct choice found = value_membership(p, o, &contacts[i * KNOWN + k], by);
        double noise =
            by->choice_noise * gumbel(draw(seed, STREAM, p->id, o->id, tick), table);
        if (found.value + noise > top) {
          top = found.value + noise;
          preferred = row;
          cause = fabs(noise) > fabs(found.value) ? NOISE : found.cause;
        }
      }
      highest[tick * count + i] = top;
      best[tick * count + i] = preferred;
      why[tick * count + i] = cause;
    }
}
