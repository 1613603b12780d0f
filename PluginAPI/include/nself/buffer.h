/* Owned bytes, counted by their producer. */
#ifndef NSELF_BUFFER_H
#define NSELF_BUFFER_H

#include "abi.h"

NSELF_BEGIN

/* Owned bytes that cross the boundary without a copy. The producer supplies
 * `retain` and `release`; the consumer calls release(owner) once for the buffer
 * it was given and once more for each retain(owner). Both are [any].
 * release == NULL: nothing is owned, the bytes are borrowed under O1.
 * retain == NULL: copy when you need a second reference. */
typedef struct nself_buffer {
  const uint8_t *data;
  size_t size;
  void *owner;
  void (*retain)(void *owner);
  void (*release)(void *owner);
} nself_buffer;

static inline void nself_buffer_release(nself_buffer *buffer) {
  if (buffer && buffer->release) buffer->release(buffer->owner);
}

NSELF_END

#endif /* NSELF_BUFFER_H */
