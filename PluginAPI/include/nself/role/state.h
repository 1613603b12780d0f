/* Hand-over of state in a swap. */
#ifndef NSELF_ROLE_STATE_H
#define NSELF_ROLE_STATE_H

#include "../values.h"
#include "../host.h"

NSELF_BEGIN

#define NSELF_ROLE_STATE_ID "nself.role.state/1"

typedef struct nself_state {
  uint32_t struct_size;
  uint32_t format; /* of what save writes; the plugin's own number */
  /* Writes what the next generation should know. Never pointers: it may be
   * other code, in another process. [control] */
  void (*save)(void *self, nself_call call, nself_buffer_done done);
  /* Before start. On failure the swap is called off and the old generation goes
   * on, so refuse a format you do not know. [control] */
  nself_status (*load)(void *self, uint32_t format, nself_bytes state, nself_error *error);
} nself_state;

NSELF_END

#endif /* NSELF_ROLE_STATE_H */
