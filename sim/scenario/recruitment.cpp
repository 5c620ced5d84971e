#include "sim/scenario/recruitment.hpp"

#include <algorithm>
#include <cmath>
#include <deque>

#include "sim/scenario/scenario.hpp"
#include "sim/scenario/values.hpp"

namespace rassoflow {
namespace {

constexpr double months_a_year = 12;
/// Less than a second of work in a year.
constexpr double nobody = 1e-9;

/// People who started in the same month.
struct Intake {
  double fte;
  std::size_t months = 0;  ///< of service
};

class Plan {
 public:
  Plan(const Scenario& scenario, const RecruitmentSpec& recruitment, const std::string& site)
      : scenario_(scenario), recruitment_(recruitment), site_(site) {}

  std::vector<StaffMonth> run() {
    const RunSpec& run = scenario_.run;
    const double at_first = number(recruitment_.in_post, run.origin);
    if (at_first > 0) people_.push_back({at_first, recruitment_.training.size()});
    std::vector<StaffMonth> out;
    Month month = month_of(run.origin);
    for (Date date = run.origin; date < run.to; date = (++month.index, month.first_day())) {
      StaffMonth now;
      now.from = date;
      if (!out.empty()) now.left = leave(date);
      now.posts = number(recruitment_.posts, date);
      reduce_to(now.posts);
      advertise(date, month);
      now.started = start(date, now.posts);
      count(date, now);
      out.push_back(now);
    }
    return out;
  }

 private:
  double number(const Quantity& quantity, Date date) const {
    return value_of(scenario_, quantity, site_, date).value_or(0);
  }

  double in_post() const {
    double sum = 0;
    for (const Intake& intake : people_) sum += intake.fte;
    return sum;
  }

  /// Share of people who stay for a month.
  double staying(Date date) const {
    return std::pow(1 - number(recruitment_.leavers_a_year, date), 1 / months_a_year);
  }

  double leave(Date date) {
    const double keep = staying(date);
    double left = 0;
    for (Intake& intake : people_) {
      left += intake.fte * (1 - keep);
      intake.fte *= keep;
      ++intake.months;
    }
    return left;
  }

  void reduce_to(double posts) {
    double over = in_post() - posts;
    while (over > nobody && !people_.empty()) {
      Intake& last = people_.back();
      const double gone = std::min(over, last.fte);
      last.fte -= gone;
      over -= gone;
      if (last.fte <= nobody) people_.pop_back();
    }
  }

  /// Seeks people for the posts that would be empty when they start.
  void advertise(Date date, Month month) {
    const auto lead =
        static_cast<std::size_t>(std::llround(number(recruitment_.months_to_start, date)));
    if (coming_.size() < lead + 1) coming_.resize(lead + 1);
    const Month of_start{month.index + static_cast<int>(lead)};
    const Date then = lead == 0 ? date : of_start.first_day();
    const double posts = value_of(scenario_, recruitment_.posts, site_, then, date).value_or(0);
    double expected = in_post() * std::pow(staying(date), static_cast<double>(lead)) + waiting_;
    for (const double fte : coming_) expected += fte;
    if (posts - expected > nobody) coming_[lead] += posts - expected;
  }

  double start(Date date, double posts) {
    waiting_ += coming_.front();
    coming_.pop_front();
    double most = std::max(0.0, posts - in_post());
    if (recruitment_.starts_a_month) {
      most = std::min(most, number(*recruitment_.starts_a_month, date));
    }
    const double started = std::min(waiting_, most);
    waiting_ = std::min(waiting_ - started, std::max(0.0, posts - in_post() - started));
    if (started > nobody) people_.push_back({started});
    return started;
  }

  void count(Date date, StaffMonth& now) const {
    for (const Intake& intake : people_) {
      now.in_post += intake.fte;
      if (intake.months >= recruitment_.training.size()) {
        now.worth += intake.fte;
        continue;
      }
      now.in_training += intake.fte;
      now.worth += intake.fte * number(recruitment_.training[intake.months], date);
    }
  }

  const Scenario& scenario_;
  const RecruitmentSpec& recruitment_;
  const std::string& site_;
  std::vector<Intake> people_;
  std::deque<double> coming_;  ///< FTE who start this month, the next, ...
  double waiting_ = 0;         ///< could have started, had more been allowed to
};

}  // namespace

std::vector<StaffMonth> staff_by_month(const Scenario& scenario, const RecruitmentSpec& recruitment,
                                       const std::string& qualified_site) {
  return Plan{scenario, recruitment, qualified_site}.run();
}

}  // namespace rassoflow
