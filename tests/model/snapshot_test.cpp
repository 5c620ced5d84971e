// Saving half-way changes nothing, and a state that was tampered with is noticed: by its checksum,
// or by the identities, which say what is wrong, where and when.
#include <boost/crc.hpp>
#include <cstring>

#include "tests/model/small_worlds.hpp"
#include "tests/model/story.hpp"

namespace rassoflow {
namespace {

using testing::AllOf;
using testing::HasSubstr;

/// Offsets of the counters in a saved state of this pathway: magic, digest, model version, then
/// seed (8 bytes), replication (4), now (8), settings (4), month (4), events (8), reported (8),
/// ended (8).
std::size_t counters_start(const Pathway& pathway) {
  return std::string_view("rassoflow.state/1\n").size() + pathway.digest.size() +
         sizeof(model_version);
}
constexpr std::size_t cases_ended_offset = 8 + 4 + 8 + 4 + 4 + 8 + 8;

void seal(std::string& saved) {
  boost::crc_32_type crc;
  crc.process_bytes(saved.data(), saved.size() - sizeof(std::uint32_t));
  const std::uint32_t sum = crc.checksum();
  std::memcpy(saved.data() + saved.size() - sizeof sum, &sum, sizeof sum);
}

std::string saved_at(const Pathway& pathway, Seconds when, std::uint64_t seed = 7,
                     std::uint32_t replication = 2) {
  Trial trial{pathway, seed, replication};
  trial.run_until(when);
  return trial.save();
}

std::string complaint_of(const Pathway& pathway, const std::string& saved) {
  try {
    Trial trial{pathway, saved};
    trial.run_until(pathway.to);
    trial.finish();
  } catch (const WorldError& error) {
    return error.message;
  } catch (const InvariantViolation& violation) {
    return violation.message;
  }
  return "";
}

constexpr std::string_view plain = R"(
[calendars.days]
days = ["Mon", "Tue", "Wed", "Thu", "Fri"]
[pools.staff]
positions = 1
calendar = "days"
[stages.report]
kind = "report"
arrivals = 2
next = "task"
[stages.task]
kind = "work"
pool = "staff"
effort = { law = "fixed", value = 6, unit = "hours" }
next = "ended"
[stages.ended]
kind = "outcome"
code = "ended"
)";

Pathway plain_world() {
  return pathway_from(run("2019-01-01", "2019-04-01") + std::string(plain));
}

TEST(Snapshot, GoesOnAsIfTheTrialHadNeverStoppedAtAnySecond) {
  // Monday 00:00 is when the calendar opens; some cases arrive in the very seconds around it.
  const Pathway pathway = plain_world();
  std::vector<TraceRecord> whole;
  Trial trial{pathway, 7, 2, &whole};
  trial.run_until(pathway.to);
  const Monitor expected = trial.finish();
  const Seconds monday = 6 * seconds_per_day;
  for (const Seconds when :
       {Seconds{0}, monday, monday - 1, monday + 1, monday + 7 * seconds_per_day,
        31 * seconds_per_day, 40 * seconds_per_day + 12345}) {
    std::vector<TraceRecord> rest;
    Trial again{pathway, saved_at(pathway, when), &rest};
    again.run_until(pathway.to);
    const Monitor resumed = again.finish();
    EXPECT_EQ(bytes_of(resumed), bytes_of(expected)) << when;
    const auto tail =
        std::ranges::find_if(whole, [&](const TraceRecord& record) { return record.when >= when; });
    EXPECT_EQ(rest, std::vector<TraceRecord>(tail, whole.end())) << when;
  }
}

TEST(Snapshot, TakenAtTheSecondOfAnOpeningLetsAnUrgentCaseOfThatSecondGoFirst) {
  // All weekend cases wait for one person; at Monday 00:00 the urgent ones join as well.
  const Pathway pathway = pathway_from(run("2019-01-05", "2019-03-01") + R"(
[calendars.days]
days = ["Mon", "Tue", "Wed", "Thu", "Fri"]
[calendars.sunday]
days = ["Sun"]
hours = ["23:00-24:00"]
[pools.staff]
positions = 1
calendar = "days"
[stages.report]
kind = "report"
arrivals = 6
next = "choose"
[stages.choose]
kind = "decide"
routes = [ { to = "task", probability = 0.5 }, { to = "gate" } ]
[stages.gate]
kind = "wait"
calendar = "sunday"
delay = { law = "fixed", value = 1, unit = "hours" }
next = "urgent"
[stages.task]
kind = "work"
pool = "staff"
effort = { law = "fixed", value = 1, unit = "hours" }
next = "ended"
[stages.urgent]
kind = "work"
pool = "staff"
priority = -1
effort = { law = "fixed", value = 1, unit = "hours" }
next = "ended"
[stages.ended]
kind = "outcome"
code = "ended"
)");
  Trial trial{pathway, 7, 2};
  trial.run_until(pathway.to);
  const std::string expected = bytes_of(trial.finish());
  for (Seconds monday = 2; monday < 50; monday += 7) {
    Trial again{pathway, saved_at(pathway, monday * seconds_per_day)};
    again.run_until(pathway.to);
    EXPECT_EQ(bytes_of(again.finish()), expected) << "Monday " << monday;
  }
}

TEST(Snapshot, OfAnotherScenarioIsRefused) {
  const std::string saved = saved_at(plain_world(), 1000);
  const Pathway other = pathway_from(run("2019-01-01", "2019-04-02") + std::string(plain));
  EXPECT_EQ(complaint_of(other, saved), "the saved state belongs to another scenario");
  EXPECT_EQ(complaint_of(other, "rassoflow"), "these bytes are not a saved state of a trial");
  EXPECT_EQ(complaint_of(other, std::string(500, 'x')),
            "these bytes are not a saved state of a trial");
}

TEST(Snapshot, WithAFlippedBitIsRefusedByItsChecksum) {
  const Pathway pathway = plain_world();
  const std::string saved = saved_at(pathway, 20 * seconds_per_day);
  for (std::size_t i = counters_start(pathway); i < saved.size(); i += 97) {
    std::string flipped = saved;
    flipped[i] = static_cast<char>(flipped[i] ^ 4);
    EXPECT_EQ(complaint_of(pathway, flipped),
              "the saved state is damaged: its checksum does not match");
  }
}

TEST(Snapshot, WithIdsThatLeadNowhereIsRefusedEvenIfSealed) {
  const Pathway pathway = plain_world();
  const std::string saved = saved_at(pathway, 20 * seconds_per_day);
  int refused = 0;
  for (std::size_t i = counters_start(pathway); i + 12 < saved.size(); i += 13) {
    std::string forged = saved;
    std::memset(forged.data() + i, 0x7F, 8);
    seal(forged);
    try {
      const Trial trial{pathway, forged};
    } catch (const WorldError&) {
      ++refused;
    }
  }
  EXPECT_GT(refused, 50);
}

TEST(Snapshot, CutShortIsRefusedHoweverItIsSealed) {
  const Pathway pathway = plain_world();
  const std::string saved = saved_at(pathway, 20 * seconds_per_day);
  for (std::size_t size = counters_start(pathway) + 4; size < saved.size(); size += 211) {
    std::string cut = saved.substr(0, size);
    seal(cut);
    EXPECT_EQ(complaint_of(pathway, cut), "the saved state is cut short") << size;
  }
}

TEST(Identity, ThatFailsNamesTheClaimTheDateTheReplicationAndTheSeed) {
  const Pathway pathway = plain_world();
  std::string saved = saved_at(pathway, 20 * seconds_per_day);
  std::int64_t ended = 0;
  char* counter = saved.data() + counters_start(pathway) + cases_ended_offset;
  std::memcpy(&ended, counter, sizeof ended);
  ASSERT_GT(ended, 0);
  ++ended;
  std::memcpy(counter, &ended, sizeof ended);
  seal(saved);
  EXPECT_THAT(complaint_of(pathway, saved),
              AllOf(HasSubstr("cases in ("), HasSubstr("are not cases out"),
                    HasSubstr("case 0000000000000000"), HasSubstr("2019-04-01 00:00:00"),
                    HasSubstr("replication 2"), HasSubstr("seed 7")));
}

}  // namespace
}  // namespace rassoflow
