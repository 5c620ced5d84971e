// A small world of diaries: a clinic at an Area that cases visit, a court with fractions of rooms,
// floaters, custody and section 28, closures known in time and late, a panel after the verdict.
//
//   const Pathway pathway = pathway_from(DiaryWorld{}.text());
#pragma once

#include <string>

namespace rassoflow {

struct DiaryWorld {
  std::string to = "2022-01-01";
  std::string more_rooms;  ///< further changes of the rooms, as in TOML
  std::string more_clinics;
  bool is_reversed = false;  ///< every table in the opposite order
  std::string text() const;
};

}  // namespace rassoflow
