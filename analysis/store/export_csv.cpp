#include <fmt/format.h>

#include <cmath>
#include <vector>

#include "analysis/kpis/csv_fields.hpp"
#include "analysis/store/export.hpp"
#include "analysis/store/stored_study.hpp"

namespace rassoflow {

void export_csv(const std::filesystem::path& file,
                const std::function<void(std::string_view)>& write) {
  const StoredStudy study{file};
  std::string text = "point,replication";
  for (const std::string& factor : study.factors()) text += "," + csv_field(factor);
  text += "," + csv_key_columns() + ",unit,value\n";

  std::string opening;  // of the point, before the replication's rows
  std::int64_t point = -1;
  study.for_each_value([&](const StoredValue& value) {
    if (value.point != point) {
      point = value.point;
      opening.clear();
      for (const std::string& one : study.values_of(point)) opening += "," + csv_field(one);
    }
    text += fmt::format("{},{}{},{},{},{}\n", value.point, value.replication, opening,
                        csv_key_fields(*value.key), csv_field(value.key->unit),
                        csv_number(value.value));
    constexpr std::size_t enough = 1U << 20U;
    if (text.size() >= enough) {
      write(text);
      text.clear();
    }
  });
  write(text);
}

}  // namespace rassoflow
