#include "nself_note.h"
