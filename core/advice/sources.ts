/** What the rules lean on, in the words of a list of references. */
export const SOURCES = {
  bellinger2012: 'Bellinger, Sharma & Japkowicz 2012, One-Class versus Binary Classification: Which and When?, ICMLA',
  chicco2020:
    'Chicco & Jurman 2020, The advantages of the Matthews correlation coefficient (MCC) over F1 score and accuracy in binary classification evaluation, BMC Genomics 21:6',
  collins2016:
    'Collins, Ogundimu & Altman 2016, Sample size considerations for the external validation of a multivariable prognostic model, Statistics in Medicine 35:214',
  elkan2001: 'Elkan 2001, The Foundations of Cost-Sensitive Learning, IJCAI',
  google: 'Google for Developers, Machine Learning Crash Course: Imbalanced datasets',
  grinsztajn2022:
    'Grinsztajn, Oyallon & Varoquaux 2022, Why do tree-based models still outperform deep learning on typical tabular data?, NeurIPS',
  king2001: 'King & Zeng 2001, Logistic Regression in Rare Events Data, Political Analysis 9:137',
  liu2008: 'Liu, Ting & Zhou 2008, Isolation Forest, ICDM',
  peduzzi1996:
    'Peduzzi et al. 1996, A simulation study of the number of events per variable in logistic regression analysis, Journal of Clinical Epidemiology 49:1373',
  riley2019:
    'Riley et al. 2019, Minimum sample size for developing a multivariable prediction model: Part II, Statistics in Medicine 38:1276',
  rudin2019:
    'Rudin 2019, Stop explaining black box machine learning models for high stakes decisions and use interpretable models instead, Nature Machine Intelligence 1:206',
  saito2015:
    'Saito & Rehmsmeier 2015, The Precision-Recall Plot Is More Informative than the ROC Plot When Evaluating Binary Classifiers on Imbalanced Datasets, PLOS ONE 10:e0118432',
  vandengoorbergh2022:
    'van den Goorbergh, van Smeden, Timmerman & Van Calster 2022, The harm of class imbalance corrections for risk prediction models, JAMIA 29:1525',
  vanderploeg2014:
    'van der Ploeg, Austin & Steyerberg 2014, Modern modelling techniques are data hungry, BMC Medical Research Methodology 14:137',
  vittinghoff2007:
    'Vittinghoff & McCulloch 2007, Relaxing the Rule of Ten Events per Variable in Logistic and Cox Regression, American Journal of Epidemiology 165:710',
} as const;

export type SourceName = keyof typeof SOURCES;

/** Who and when, without what and where: `Elkan 2001`, `Riley et al. 2019`. */
export function shortSource(name: SourceName): string {
  const [, authors, year] = /^(.*?),? (\d{4}),/.exec(SOURCES[name]) ?? [];
  if (authors === undefined) return SOURCES[name].split(',')[0];
  const names = authors.split(/, | & /);
  return `${names.length > 2 ? `${names[0]} et al.` : authors} ${year}`;
}
