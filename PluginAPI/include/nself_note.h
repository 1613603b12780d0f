/* The manifest note of a plugin, made from the plugin.json that the compiler finds
 * in --embed-dir. Include it in one C file of the plugin; the host reads the note
 * without running any code (see nself/manifest.h for a string literal instead). */
#ifndef NSELF_NOTE_H
#define NSELF_NOTE_H

#include <stdint.h>

enum {
  nself_manifest_size = sizeof((const unsigned char[]){
#embed <plugin.json>
  })
};

__attribute__((used, aligned(4), section(".note.nself.plugin")))
static const struct {
  uint32_t owner_size, manifest_size, type;
  char owner[8];
  unsigned char manifest[(nself_manifest_size + 3) / 4 * 4];
} nself_plugin_manifest_note = {6, nself_manifest_size, 1, "nself", {
#embed <plugin.json>
}};

#endif /* NSELF_NOTE_H */
