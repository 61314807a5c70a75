package dev.r1pick.speed;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Fits the parameters of a formula to measured rows so that the typical relative error is small
/// and a few wild rows do not pull it away.
///
/// What is minimized: for each row `weight · scale² · (√(1 + (error/scale)²) − 1) / noise²`, the
/// error being the logarithm of measured by estimated (close to the absolute error where it is
/// larger than `scale`), and for each parameter its squared distance to where it is expected, in
/// units of how far it may be from there. The second part makes thin classes lean on their backend.
/// Solved by Gauss-Newton steps with re-weighted rows; arithmetic of `StrictMath` only, so that
/// every machine gets the same figures.
final class RobustFit {
  private static final int STEPS = 200;
  private static final double CLOSE_ENOUGH = 1e-7;
  private static final double LONGEST_STEP = 0.3;
  private static final double STEP = 1e-5;

  private final double scale;
  private final double noise;
  private final Map<String, Integer> index = new LinkedHashMap<>();
  private final List<double[]> expectations = new ArrayList<>();
  private final List<Row> rows = new ArrayList<>();
  private double[] values = {};
  private double[][] precision = {};

  /// Without parameters and rows yet.
  ///
  /// @param scale error from which on a row counts by its absolute error
  /// @param noise error that one row typically has
  RobustFit(double scale, double noise) {
    this.scale = scale;
    this.noise = noise;
  }

  /// The logarithm of what the formula gives for one row.
  interface Formula {
    /// For those parameters.
    ///
    /// @param gradient takes the derivative by each parameter that matters
    double logarithm(double[] parameters, Gradient gradient);
  }

  /// Takes derivatives.
  interface Gradient {
    void add(int parameter, double derivative);
  }

  private record Row(Formula formula, double measured, double weight) {}

  /// The number of a parameter; the first call of a name says where it is expected.
  int parameter(String name, double expected, double deviation) {
    return index.computeIfAbsent(
        name,
        _ -> {
          expectations.add(new double[] {expected, deviation});
          return expectations.size() - 1;
        });
  }

  void row(Formula formula, double measured, double weight) {
    rows.add(new Row(formula, StrictMath.log(measured), weight));
  }

  /// The logarithm of what a formula gives for one row, for those parameters.
  interface Logarithm {
    double of(double[] parameters);
  }

  /// A row whose derivatives are taken by small steps.
  ///
  /// @param matters the parameters that the formula depends on
  void numericRow(Logarithm formula, List<Integer> matters, double measured, double weight) {
    row(
        (parameters, gradient) -> {
          double here = formula.of(parameters);
          for (int p : matters) {
            double before = parameters[p];
            parameters[p] = before + STEP;
            gradient.add(p, (formula.of(parameters) - here) / STEP);
            parameters[p] = before;
          }
          return here;
        },
        measured,
        weight);
  }

  double value(String name) {
    return values[index.getOrDefault(name, -1)];
  }

  /// All of them, by number.
  double[] values() {
    return values.clone();
  }

  /// The standard deviation of one parameter.
  double deviation(String name) {
    int at = index.getOrDefault(name, -1);
    double[] unit = new double[values.length];
    unit[at] = 1;
    return StrictMath.sqrt(solve(copy(precision), unit)[at]);
  }

  void solve() {
    int size = expectations.size();
    values = new double[size];
    for (int i = 0; i < size; i++) {
      values[i] = expectations.get(i)[0];
    }
    double longest = Double.MAX_VALUE;
    for (int step = 0; step < STEPS && longest > CLOSE_ENOUGH; step++) {
      longest = step(size);
    }
  }

  private double step(int size) {
    double[][] curvature = new double[size][size];
    double[] slope = new double[size];
    for (int i = 0; i < size; i++) {
      double deviation = expectations.get(i)[1];
      curvature[i][i] = 1 / (deviation * deviation);
      slope[i] = (expectations.get(i)[0] - values[i]) * curvature[i][i];
    }
    for (Row row : rows) {
      add(row, curvature, slope);
    }
    precision = copy(curvature);
    double[] move = solve(curvature, slope);
    double longest = 0;
    for (int i = 0; i < size; i++) {
      double length = StrictMath.max(-LONGEST_STEP, StrictMath.min(LONGEST_STEP, move[i]));
      values[i] += length;
      longest = StrictMath.max(longest, StrictMath.abs(length));
    }
    return longest;
  }

  private void add(Row row, double[][] curvature, double[] slope) {
    Map<Integer, Double> gradient = new LinkedHashMap<>();
    double logarithm =
        row.formula.logarithm(
            values, (p, derivative) -> gradient.merge(p, derivative, Double::sum));
    double error = row.measured - logarithm;
    double relative = error / scale;
    double weight = row.weight / StrictMath.sqrt(1 + relative * relative) / (noise * noise);
    for (var one : gradient.entrySet()) {
      slope[one.getKey()] += weight * error * one.getValue();
      for (var other : gradient.entrySet()) {
        curvature[one.getKey()][other.getKey()] += weight * one.getValue() * other.getValue();
      }
    }
  }

  private static double[][] copy(double[][] matrix) {
    double[][] copy = new double[matrix.length][];
    for (int i = 0; i < matrix.length; i++) {
      copy[i] = matrix[i].clone();
    }
    return copy;
  }

  /// Cholesky; the matrix is overwritten.
  private static double[] solve(double[][] matrix, double[] right) {
    int size = right.length;
    double[] result = right.clone();
    for (int i = 0; i < size; i++) {
      for (int j = 0; j <= i; j++) {
        double sum = matrix[i][j];
        for (int k = 0; k < j; k++) {
          sum -= matrix[i][k] * matrix[j][k];
        }
        matrix[i][j] = i == j ? StrictMath.sqrt(sum) : sum / matrix[j][j];
      }
    }
    for (int i = 0; i < size; i++) {
      for (int k = 0; k < i; k++) {
        result[i] -= matrix[i][k] * result[k];
      }
      result[i] /= matrix[i][i];
    }
    for (int i = size - 1; i >= 0; i--) {
      for (int k = i + 1; k < size; k++) {
        result[i] -= matrix[k][i] * result[k];
      }
      result[i] /= matrix[i][i];
    }
    return result;
  }
}
