/* Which room and which equipment a visit takes: a button with a menu of check marks.  What the visit's type
 * needs comes by itself and is said beside them.  Signal "changed". */
#pragma once
#include "src/ui/shell/window.h"
#include "chartroom/domain/schedule-rules.h"

#define CR_TYPE_ROOM_PICKER (cr_room_picker_get_type ())
G_DECLARE_FINAL_TYPE (CrRoomPicker, cr_room_picker, CR, ROOM_PICKER, GtkWidget)
/* Nothing is ticked.  Neither signals. */
void cr_room_picker_fill (CrRoomPicker *self, CrSession *session);
/* Ticks a room in place of another one, or a piece of equipment beside it; none: no room. */
void cr_room_picker_choose (CrRoomPicker *self, CrId room);
/* What is ticked: one room, and any equipment. */
CrId cr_room_picker_get (CrRoomPicker *self, CrRoomSet *also);
/* What the visit would take as it stands (CrId; cr_day_schedule_rooms). */
void cr_room_picker_show (CrRoomPicker *self, const GArray *taken);
/* "Room 2, ECG machine"; NULL: nothing is taken. */
const char *cr_room_picker_get_words (CrRoomPicker *self);
