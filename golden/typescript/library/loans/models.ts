export interface Loan {
  id: string;
  book: number;
  due: string;
}

export interface PaginatedLoanList {
  next?: string | null;
  previous?: string | null;
  results: Loan[];
}
